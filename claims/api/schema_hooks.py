"""The last touches on the schema: what operations refer to, what follows what, examples."""

from collections.abc import Iterator
from typing import Any

from claims.api import schema_parts as parts
from claims.api.examples import example_of

Shape = dict[str, Any]
ANSWERS = ("200", "201", "202")


def finish(result: Shape, generator: Any, **_: Any) -> Shape:
    """Called by drf-spectacular with the whole of it."""
    components = result["components"]
    components["parameters"] = dict(parts.PARAMETERS)
    components["headers"] = parts.HEADERS
    components["responses"] = parts.responses()
    result["tags"] = _tags()
    for path, operation in _operations(result):
        _give_examples(operation, components)
        _hoist_choices(operation, components["parameters"])
        if path.endswith("{id}") and "get" in result["paths"][path]:
            _link(result["paths"], path)
    return result


def _operations(result: Shape) -> Iterator[tuple[str, Shape]]:
    for path, methods in result["paths"].items():
        for operation in methods.values():
            yield path, operation


def _tags() -> list[Shape]:
    """The resources, in the words of their views."""
    from claims.api.urls import router

    return [
        {"name": prefix, "description": " ".join((viewset.__doc__ or "").split())}
        for prefix, viewset, _ in router.registry
    ]


def _give_examples(operation: Shape, components: Shape) -> None:
    body = operation.get("requestBody", {})
    for media in body.get("content", {}).values():
        if "example" not in media and "examples" not in media:
            media["example"] = example_of(media["schema"], components)
        shape = media["schema"]
        if "$ref" in shape:
            shape = components["schemas"][shape["$ref"].rpartition("/")[2]]
        if {"oneOf", "anyOf"} & set(shape) and "PATCH" not in operation["operationId"].upper():
            body["required"] = True
    for status in ANSWERS:
        for media in operation["responses"].get(status, {}).get("content", {}).values():
            if "example" not in media and "examples" not in media and "schema" in media:
                media["example"] = example_of(media["schema"], components)


def _hoist_choices(operation: Shape, shared: dict[str, Shape]) -> None:
    """Let the operations of a resource refer to one list of its fields and relations."""
    for place, parameter in enumerate(operation["parameters"]):
        if parameter.get("name") not in ("fields", "expand"):
            continue
        name = f"{operation['tags'][0]}.{parameter['name']}"
        while shared.setdefault(name, parameter) != parameter:
            name += "_"
        operation["parameters"][place] = parts.reference("parameters", name)


def _link(paths: Shape, path: str) -> None:
    """Say that a row that was read, or made, can be acted on by its key and its tag."""
    read = paths[path]["get"]
    acts = [
        operation
        for other, methods in paths.items()
        for method, operation in methods.items()
        if other.startswith(path) and method != "get"
    ]
    key = {"id": "$response.body#/id"}
    tagged = {**key, "If-Match": "$response.header.ETag"}
    read["responses"]["200"]["links"] = {
        each["operationId"]: {"operationId": each["operationId"], "parameters": tagged}
        for each in acts
    }
    made = paths.get(path.removesuffix("/{id}"), {}).get("post", {})
    for status in ("200", "201"):
        if status in made.get("responses", {}):
            made["responses"][status]["links"] = {
                read["operationId"]: {"operationId": read["operationId"], "parameters": key},
                **read["responses"]["200"]["links"],
            }
