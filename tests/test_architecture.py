"""Rules of the cut that no linter of ours checks, read from the code itself."""

import ast

import pytest

from tests.processes import ROOT, run_python

STATES = {"status", "stage", "state"}
WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_update", "save"}
# Where a status is written, and where it is only declared.
DOORS = ("services", "migrations")
# Pure text work with words of its own; it has no row to change.
WITHOUT_ROWS = ("extraction", "ingest")
CODE = sorted(path for folder in ("claims", "factcheck") for path in (ROOT / folder).rglob("*.py"))
FACES = [
    path
    for path in CODE
    if path.relative_to(ROOT).parts[0] == "claims"
    and path.relative_to(ROOT).parts[1] not in DOORS + WITHOUT_ROWS
]
FORBIDDEN = {
    "mark_safe": "format_html escapes what it is given",
    "csrf_exempt": "every form is protected",
    "pickle": "reading it runs what is in it",
    "marshal": "reading it runs what is in it",
}


def named(path):
    return str(path.relative_to(ROOT))


def status_writes(tree):
    """Line and text of each place that sets a status: by name, by keyword or by a field list."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            written = {node.attr}
        elif isinstance(node, ast.Call):
            written = _written_by_call(node)
        else:
            continue
        if written & STATES:
            yield f"{node.lineno}: {ast.unparse(node)}"


def _written_by_call(call):
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    words = {word.arg: word.value for word in call.keywords}
    if name in {"setattr", "__setattr__"}:
        return set(_strings(call.args))
    if name not in WRITERS:
        return set()
    keywords = set(words) | set(_strings(words.get("defaults")))
    lists = [words.get("update_fields"), words.get("fields")]
    # queryset.update(**{"status": …}) and bulk_update(rows, ["status"])
    spread = [word.value for word in call.keywords if word.arg is None]
    return keywords | {
        text for part in [*lists, *spread, *call.args[1:]] for text in _strings(part)
    }


def _strings(part):
    parts = part if isinstance(part, list) else [part] if part is not None else []
    for each in parts:
        if isinstance(each, ast.Dict):
            yield from _strings([key for key in each.keys if key is not None])
        else:
            yield from (
                node.value
                for node in ast.walk(each)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )


@pytest.mark.parametrize("path", FACES, ids=named)
def test_a_status_is_set_in_the_services_and_nowhere_else(path):
    assert list(status_writes(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "line",
    [
        "quote.status = 'accepted'",
        "claim.stage: str = 'new'",
        "run.state += 'x'",
        "a, quote.status = 1, 2",
        "setattr(quote, 'status', value)",
        "Quote.objects.filter(pk=1).update(status='accepted')",
        "Quote.objects.update(**{'status': 'accepted'})",
        "claim.save(update_fields=['stage'])",
        "claim.save(update_fields=('text', 'stage'))",
        "ExtractionRun.objects.bulk_update(runs, ['state'])",
        "Appearance.objects.bulk_update(objs=rows, fields=['state'])",
        "Appearance.objects.update_or_create(claim=c, defaults={'state': 'confirmed'})",
        "Verdict.objects.create(claim=c, status='published')",
    ],
)
def test_such_a_line_would_be_found(line):
    assert list(status_writes(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "quotes.filter(status='candidate')",
        "print(quote.status)",
        "claim.save(update_fields=['text'])",
        "values.update(text='status')",
        "quotes.reject(quote, actor=actor, reason_code='duplicate')",
    ],
)
def test_a_line_that_only_reads_one_is_left_alone(line):
    assert list(status_writes(ast.parse(line))) == []


def test_the_rules_look_at_every_face():
    seen = {path.relative_to(ROOT).parts[1] for path in FACES}
    assert {"admin", "management", "tasks.py", "models", "selectors"} <= seen


@pytest.mark.parametrize("package", ["claims.extraction", "claims.ingest"])
def test_text_work_is_pure_python(package):
    result = run_python(
        "-c",
        f"import sys, {package}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))",
        DJANGO_SETTINGS_MODULE=None,
    )
    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.split())
    assert "claims" in loaded
    assert loaded.isdisjoint({"django", "celery", "kombu", "factcheck", "pghistory", "psycopg2"})


def test_the_rules_need_nothing_but_python():
    """-S: not even the installed packages are there."""
    text = "“It works,” Ada Lovelace said."
    script = (
        "import sys; sys.path.insert(0, '.'); from claims.extraction import extract;"
        "print(extract(sys.argv[1], engine='rules').quotes[0].speaker.name)"
    )
    result = run_python("-S", "-c", script, text)
    assert (result.returncode, result.stdout.strip()) == (0, "Ada Lovelace"), result.stderr


def dangers(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield f"{node.lineno}: a bare except also swallows Ctrl-C"
        # As the type of what format_html returns it is welcome.
        if isinstance(node, ast.Call) and "SafeString" in ast.unparse(node.func).split("."):
            yield f"{node.lineno}: SafeString: format_html escapes what it is given"
        for name in _names(node):
            for word, why in FORBIDDEN.items():
                if word in name.split("."):
                    yield f"{node.lineno}: {word}: {why}"


def _names(node):
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield node.module or ""
        yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", CODE, ids=named)
def test_the_code_does_nothing_dangerous(path):
    assert list(dangers(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils.safestring import mark_safe",
        "safestring.mark_safe(text)",
        "SafeString(text)",
        "safestring.SafeString(text)",
        "@csrf_exempt\ndef page(request): ...",
        "import pickle",
        "from pickle import loads",
        "try:\n    work()\nexcept:\n    pass",
    ],
)
def test_such_code_would_be_found(code):
    assert list(dangers(ast.parse(code)))


@pytest.mark.parametrize("path", sorted((ROOT / "claims").rglob("*.html")), ids=named)
def test_no_template_switches_escaping_off(path):
    html = path.read_text(encoding="utf-8")
    assert "|safe" not in html.replace(" ", "")
    assert "autoescape off" not in html
