"""Lists that stay quick on a million rows: counted up to a point, estimated behind it."""

from functools import cached_property

from django.conf import settings
from django.core.paginator import Paginator
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
