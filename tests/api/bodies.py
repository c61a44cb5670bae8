"""For each operation an address of a row that is there, and a body that it takes."""

from typing import Any
from urllib.parse import parse_qs

import orjson
from drf_spectacular.generators import SchemaGenerator

from claims import models
from tests.api.routes import Operation

# Members that name another row → its model.
NAMED = {
    "claim": models.Claim,
    "from_claim": models.Claim,
    "to_claim": models.Claim,
    "speaker": models.Speaker,
    "absorbed": models.Speaker,
    "rating": models.Rating,
    "source": models.Source,
}

# Acts that need a row in a certain state, to get as far as the question of who may.
READY: dict[str, dict[str, Any]] = {
    "claims/{id}/submit": {"stage": "researching", "verdicts__status": "draft"},
    "claims/{id}/return": {"stage": "in_review"},
    "claims/{id}/approve": {"stage": "in_review"},
    "claims/{id}/dissent": {"stage": "in_review"},
    "claims/{id}/publish": {"stage": "in_review"},
    "claims/{id}/correct": {"stage": "published"},
    "claims/{id}/retract": {"stage": "published"},
    "claims/{id}/let-stand": {"stage": "researching", "verdicts__status": "published"},
    "quotes/{id}/reopen": {"status": "accepted"},
}
# Members that ask for more than the operation itself.
MORE = {"POST /api/v1/claims": ["assignee"]}


class Bodies:
    """Made from the schema, and the rows that there are."""

    def __init__(self) -> None:
        self._schema = SchemaGenerator().get_schema(request=None, public=True)
        self.components = self._schema["components"]
        models.Topic.objects.filter(slug="flood-defence").first() or models.Topic.objects.create(
            name="Flood defence", slug="flood-defence"
        )

    def path(self, operation: Operation) -> str:
        """The address, of the newest row that there is."""
        if not operation.detail:
            return operation.path
        ready = READY.get(operation.path.removeprefix("/api/v1/"), {})
        row = operation.rows.filter(**ready).order_by("pk").first()
        assert row is not None, f"{operation}: tests/api/rows.py makes no row for it."
        return operation.address(row.pk)

    def _media(self, operation: Operation) -> dict[str, Any]:
        told = self._schema["paths"][operation.path][operation.method]
        content: dict[str, Any] = told.get("requestBody", {}).get("content", {})
        return content

    def content_type(self, operation: Operation) -> str:
        """Of its body."""
        return next(iter(self._media(operation)), "application/json")

    def is_json(self, operation: Operation) -> bool:
        """Whether its body is one JSON text, or none."""
        return self.content_type(operation) == "application/json"

    def shape(self, operation: Operation) -> dict[str, Any]:
        """The schema of the body, {} where none is taken or it is no JSON."""
        media = self._media(operation).get("application/json", {})
        shape: dict[str, Any] = media.get("schema", {})
        if "$ref" in shape:
            shape = self.components["schemas"][shape["$ref"].rpartition("/")[2]]
        return shape

    def good(self, operation: Operation) -> dict[str, Any]:
        """The example of the schema, with rows that are there."""
        media = self._media(operation).get("application/json", {})
        body = dict(media.get("example") or {})
        for name in MORE.get(str(operation), ()):
            del body[name]
        properties = self.shape(operation).get("properties", {})
        for name, model in NAMED.items():
            if isinstance(body.get(name), int) and properties[name].get("type") != "string":
                body[name] = model._default_manager.order_by("-pk").values_list("pk").first()[0]
        return body

    def bytes(self, operation: Operation) -> bytes:
        """The same as it is sent."""
        if not operation.writes:
            return b""
        if not self.is_json(operation):
            return b"{}"
        return orjson.dumps(self.good(operation)) if self._media(operation) else b""

    def takes_query(self, operation: Operation, query: str) -> bool:
        """Whether the parameters are good ones here, by their names and the schema's values."""
        told = self._schema["paths"][operation.path][operation.method]["parameters"]
        known = {}
        for parameter in told:
            if "$ref" in parameter:
                parameter = self.components["parameters"][parameter["$ref"].rpartition("/")[2]]
            known[parameter["name"]] = parameter["schema"]
        for name, (value, *more) in parse_qs(query, keep_blank_values=True).items():
            if name not in known or more or not value:
                return False
            kind = known[name].get("items", known[name])
            if "enum" in kind or kind.get("type") == "integer":
                return value in kind.get("enum", ()) or (
                    value.isdigit()
                    and kind.get("minimum", 0) <= int(value) <= kind.get("maximum", 10**18)
                )
            return name not in ("cursor", "ordering")
        return True
