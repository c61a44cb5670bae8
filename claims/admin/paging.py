"""Lists that stay quick on a million rows: counted up to a point, estimated behind it."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet

from claims.selectors.counting import estimated


class DeskPaginator(Paginator):  # type: ignore[type-arg]
    """Exact up to LIST_EXACT_COUNT rows; then PostgreSQL's own estimate, and pages that end.

    Nobody turns to page 4,000 of a list, and each page costs all those before it: beyond
    LIST_MAX_PAGES there are filters and the search.
    """

    @cached_property
    def count(self) -> int:
        """How many rows there are, or about how many."""
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        exact = settings.LIST_EXACT_COUNT
        keys = rows.order_by().values("pk")
        counted = keys[: exact + 1].count()
        return counted if counted <= exact else max(counted, estimated(keys))

    @cached_property
    def num_pages(self) -> int:
        """Pages that can be opened."""
        return min(super().num_pages, settings.LIST_MAX_PAGES)


class TypedPaginator(Paginator):  # type: ignore[type-arg]
    """For what is offered while somebody types: nothing is counted, one row more is asked for.

    A common word's matches would be counted at every key, and no number of them is shown.
    """

    def page(self, number: Any) -> Page[Any]:
        """Those rows; whether more follow is known, how many is not."""
        if not 1 <= int(number) <= settings.LIST_MAX_PAGES:
            raise EmptyPage(f"There are pages from 1 to {settings.LIST_MAX_PAGES}.")
        begin = (int(number) - 1) * self.per_page
        rows = list(self.object_list[begin : begin + self.per_page + 1])
        # As far as is known there are these.
        self.count = begin + len(rows)
        return Page(rows[: self.per_page], int(number), self)
