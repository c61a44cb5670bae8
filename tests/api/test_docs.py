"""The pages that describe the API, in a browser: from our own files alone, and without an error."""

import pytest

from tests.admin.browsing import in_chromium

pytestmark = in_chromium


@pytest.mark.parametrize(
    ("address", "shown"),
    [("/api/docs", "Make a claim of one sentence"), ("/api/redoc", "Make a claim of one sentence")],
)
def test_the_pages_show_every_operation_and_load_nothing_from_elsewhere(
    live_server, browser, address, shown
):
    page = browser.new_page()
    asked, said = [], []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live_server.url + address)
    page.get_by_text(shown).locator("visible=true").first.wait_for(timeout=30_000)

    own = (live_server.url, "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    # Redoc's own mark, from its maker's site: not let through.
    assert [line for line in said if "https://cdn.redoc.ly/" not in line] == []
