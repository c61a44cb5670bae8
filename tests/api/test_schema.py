"""The schema is true of the code, committed, and complete."""

from pathlib import Path

import jsonschema
import pytest
import yaml
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema
from rest_framework.permissions import SAFE_METHODS

from claims.api.errors import KINDS
from tests.api.routes import operations

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made():
    """The schema as the code gives it."""
    GENERATOR_STATS.reset()
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def schema(made):
    """The same as a client reads it."""
    return yaml.safe_load(OpenApiYamlRenderer().render(made, renderer_context={}))


def each(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def resolved(schema, part):
    while "$ref" in part:
        _, kind, name = part["$ref"].rsplit("/", 2)
        part = schema["components"][kind][name]
    return part


def test_it_is_valid_and_nothing_had_to_be_guessed(schema):
    validate_schema(schema)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_every_reference_leads_somewhere(schema):
    def walk(part):
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                resolved(schema, part)
            for inner in part.values():
                walk(inner)
        elif isinstance(part, list):
            for inner in part:
                walk(inner)

    walk(schema)


def test_the_committed_schema_is_what_the_code_gives(made):
    rendered = OpenApiYamlRenderer().render(made, renderer_context={}).decode()
    assert rendered == COMMITTED.read_text(encoding="utf-8"), (
        "The API has changed: look at what that means for its clients, then run `make schema`."
    )


def test_every_address_and_method_is_in_it(schema):
    assert {name for name, _ in each(schema)} == {str(each) for each in operations()}


def test_every_operation_has_words_an_example_and_its_errors(schema):
    lacking = []
    for name, operation in each(schema):
        answers = operation["responses"]
        success = [status for status in answers if status.startswith("2")]
        contents = [
            media
            for status in success
            for media in resolved(schema, answers[status]).get("content", {}).values()
        ]
        contents += operation.get("requestBody", {}).get("content", {}).values()
        complete = {
            "a summary": operation.get("summary"),
            "a description": operation.get("description"),
            "an answer": success,
            "examples": all({"example", "examples"} & set(media) for media in contents),
            "errors": {"400", "401", "403", "406", "429"} <= set(answers)
            or "factchecktools" in name,
        }
        lacking += [f"{name}: {what}" for what, there in complete.items() if not there]
    assert not lacking


def test_every_parameter_that_is_taken_is_told(schema):
    told = {
        name: {
            parameter["name"]
            for parameter in (resolved(schema, one) for one in operation.get("parameters", []))
            if parameter["in"] == "query"
        }
        for name, operation in each(schema)
    }
    for operation in operations():
        assert told[str(operation)] == set(operation.known_parameters()), str(operation)


def test_the_examples_are_of_their_schemas(schema):
    wrong = []
    for name, operation in each(schema):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for body in bodies:
            for media in resolved(schema, body).get("content", {}).values():
                examples = [each["value"] for each in media.get("examples", {}).values()]
                examples += [media["example"]] if "example" in media else []
                if "schema" not in media:
                    continue
                whole = {**media["schema"], "components": schema["components"]}
                checker = jsonschema.Draft202012Validator(
                    whole, format_checker=jsonschema.FormatChecker()
                )
                wrong += [
                    f"{name}: {error.json_path}: {error.message[:200]}"
                    for example in examples
                    for error in checker.iter_errors(example)
                ]
    assert not wrong


def test_refusals_name_codes_that_there_are(schema):
    for answer in schema["components"]["responses"].values():
        for media in answer.get("content", {}).values():
            assert set(media["examples"]) <= set(KINDS)
            assert media["examples"]


def test_what_changes_a_row_wants_its_version(schema):
    for name, operation in each(schema):
        method = name.split()[0]
        if method in SAFE_METHODS or "{id}" not in name:
            continue
        parameters = [resolved(schema, one) for one in operation["parameters"]]
        (tag,) = [one for one in parameters if one["name"] == "If-Match"]
        assert tag["required"], name
        assert {"412", "428"} <= set(operation["responses"]), name


@pytest.mark.parametrize("path", ["/api/v1/exports/claims.ndjson", "/api/v1/claim-reviews"])
def test_what_is_written_as_it_is_read_promises_no_entity_tag(schema, client_of, editor, path):
    told = schema["paths"][path]["get"]
    answer = client_of(editor).get(path)
    assert (answer.status_code, answer.has_header("ETag")) == (200, False)
    assert "ETag" not in told["responses"]["200"]["headers"]
    assert "304" not in told["responses"]
