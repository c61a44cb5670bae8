"""Every page of the desk, read from the URLconf, with rows to open it on.

Three walks go over it: who may open what, what is kept from whom, and whether hostile text is
inert. A page whose address needs more than the key of a row of its model says in PARTS what
to put there; nothing else has to be done for a new page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, get_resolver

from claims import models
from tests.admin.pages import MAKERS

# Without a name: the admin's redirect from old addresses of a row, and its page for the rest.
UNNAMED = re.compile(r"^admin/(\w+/\w+/<path:object_id>/|\(\?P<url>\.\*\)\$)$")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
KEYS = {"object_id", "pk", "id"}

Rows = dict[type[Model], Model]


@dataclass(frozen=True, slots=True)
class Page:
    """A named address of the URLconf."""

    name: str
    route: str

    def path(self, rows: Rows) -> str:
        """The address, for a row of the model that the name begins with."""
        given = PARTS[self.name](rows) if self.name in PARTS else {}
        return "/" + PARAMETER.sub(lambda found: str(self._part(found[2], given, rows)), self.route)

    def _part(self, parameter: str, given: dict[str, Any], rows: Rows) -> Any:
        if parameter in given:
            return given[parameter]
        model = model_of(self.name)
        if parameter in KEYS and model is not None:
            return rows[model].pk
        raise LookupError(
            f"{self.name} ({self.route}) needs {parameter!r}: say in PARTS of "
            "tests/admin/site.py what to put there."
        )


def _row(model: type[Model]) -> Callable[[Rows], dict[str, Any]]:
    return lambda rows: {"pk": rows[model].pk, "object_id": rows[model].pk}


# name of the page → the parts of its address that do not follow from its name
PARTS: dict[str, Callable[[Rows], dict[str, Any]]] = {
    "claims_claim_move": lambda rows: {"name": "shelve"},
    "claims_claim_act": lambda rows: {"name": "comment"},
    # The row of everything is of a claim of its own.
    "claims_claim_act_on": lambda rows: {
        "pk": rows[models.Evidence].claim_id,  # type: ignore[attr-defined]
        "name": "copy",
        "row": rows[models.Evidence].pk,
    },
    "claims_claim_verdicts": lambda rows: {"pk": rows[models.Verdict].claim_id},  # type: ignore[attr-defined]
    "claims_news_open": lambda rows: {"pk": 1},
    "claims_articleversion_compare": lambda rows: {
        "old": rows[models.ArticleVersion].pk,
        "new": rows[models.ArticleVersion].pk,
    },
    **{
        f"claims_{kind}_export": lambda rows: {"form": "csv"}
        for kind in ("claim", "evidence", "speaker", "verdict")
    },
    "claims_speaker_split": _row(models.SpeakerAlias),
    "claims_speaker_undo": _row(models.SpeakerMerge),
    "claims_feed_move": lambda rows: {"name": "pause"},
    "claims_webhookendpoint_move": lambda rows: {"name": "ping"},
    "claims_triage_show": _row(models.Quote),
    "claims_triage_decide": _row(models.Quote),
    "claims_triage_matches": _row(models.Quote),
    "claims_triage_forget": lambda rows: {"pk": 1},
    "claims_pipeline_replay": lambda rows: {"kind": "fetch", "pk": rows[models.Fetch].pk},
    "two_factor_reset": lambda rows: {"pk": rows[apps.get_model("auth", "User")].pk},
    "view_on_site": lambda rows: {"content_type_id": 1, "object_id": 1},
    "app_list": lambda rows: {},
}


def pages() -> list[Page]:
    """All named addresses; an unnamed one that is not known fails."""
    found = []
    for route, name in _walk(get_resolver().url_patterns):
        if route.startswith("api/"):
            continue  # no page: tests/api walks it
        if name is None:
            assert UNNAMED.match(route), f"{route} has no name: give it one in its urls."
            continue
        route = route.replace("^", "").removesuffix("$")
        if name == "app_list":
            route = "admin/claims/"
        found.append(Page(name, route))
    return sorted(found, key=lambda page: page.name)


def _walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.name
        else:
            yield from _walk(pattern.url_patterns, route)


def model_of(name: str) -> type[Model] | None:
    """The registered model that the name of a page begins with."""
    for model in MAKERS:
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    return None


def rows_of_everything() -> Rows:
    """One row of each model that has pages."""
    return {model: make() for model, make in MAKERS.items()}
