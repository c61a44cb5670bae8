"""Take the pictures of docs/img from a desk that `make demo` has filled and serves.

    .venv/bin/python tools/screenshots.py http://127.0.0.1:8000 demo PASSWORD [--chromium PATH]

Each page in light and dark at 1280 pixels, and at 390 as on a telephone.
"""

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "img"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
SIZES = {
    "": ({"width": 1280, "height": 860}, "light"),
    "-dark": ({"width": 1280, "height": 860}, "dark"),
    "-phone": ({"width": 390, "height": 844}, "light"),
}
SPEAKER, CLAIM = "Helena Brandt", "85% of the dykes"


def sign_in(page: Page, site: str, name: str, password: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site}/admin/")


def first_link(page: Page, address: str, text: str) -> str:
    """Where the first row that shows ``text`` leads to."""
    page.goto(address)
    found = page.locator("table a", has_text=text).first.get_attribute("href")
    if found is None:
        raise LookupError(f"No row of {address} shows {text!r}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site")
    parser.add_argument("name")
    parser.add_argument("password")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    site = options.site.rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
        for ending, (size, scheme) in SIZES.items():
            context = browser.new_context(viewport=size, color_scheme=scheme)
            # The theme keeps the choice of its own switch here.
            context.add_init_script(f"localStorage.setItem('adminTheme', '\"{scheme}\"')")
            page = context.new_page()
            sign_in(page, site, options.name, options.password)
            claim = first_link(page, f"{site}/admin/claims/claim/?q=dykes", CLAIM)
            speaker = first_link(page, f"{site}/admin/claims/speaker/?q=brandt", SPEAKER)
            pages = {
                "home": "/admin/",
                "triage": "/admin/claims/quote/triage/",
                "claim": claim,
                "speaker": speaker,
                "pipeline": "/admin/claims/fetch/pipeline/",
                "figures": "/admin/claims/decision/figures/",
            }
            for name, path in pages.items():
                page.goto(site + path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=FOLDER / f"{name}{ending}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
