"""Text from anywhere, on every page of the desk, in a browser: nothing of it runs.

All payloads stand in every field that others fill: titles, bylines, quotes, names, addresses,
file names, comments. One walk over the URLconf as a superuser, who is shown most.
"""

from django.contrib.auth.models import User

from claims import models
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories
from tests.admin.browsing import in_chromium
from tests.admin.site import model_of, pages, rows_of_everything
from tests.admin.test_permission_matrix import expected

pytestmark = in_chromium

# Each would call `ran` if it were anything but text.
PAYLOADS = [
    "<script>ran(1)</script>",
    "<img src=x onerror=ran(2)>",
    "<svg/onload=ran(3)>",
    '"><script>ran(4)</script>',
    "' onmouseover='ran(5)' x='",
    '" autofocus onfocus="ran(6)',
    "</textarea><script>ran(7)</script>",
    "</title><script>ran(8)</script>",
    "</script><script>ran(9)</script>",
    "<a href=javascript:ran(10)>x</a>",
    "javascript:ran(11)",
    "<iframe srcdoc='<script>parent.ran(12)</script>'></iframe>",
    "<details open ontoggle=ran(13)>",
    "<div x-data x-init='ran(14)'></div>",
    '" x-data="" x-init="ran(15)',
    "<div hx-get=/admin/ hx-trigger=load hx-on::load='ran(16)'></div>",
    "{{ constructor.constructor('ran(17)')() }}",
    "<math><mi//xlink:href='data:x,<script>ran(18)</script>'>",
    "<meta http-equiv=refresh content='0;url=javascript:ran(19)'>",
    "<style>@import'javascript:ran(20)';</style><object data=javascript:ran(20)>",
]
ALL = " ".join(PAYLOADS)
FILES = ("_file", "_warc", "_source", "_export", "_labels")
# What a payload would have made of a page, had it not been text.
ALIEN = "img[src=x], iframe, object, math, meta[http-equiv=refresh], a[href^=javascript]"
# It answers with a file, or ends the session that the walk is made in.
LEFT_OUT = {
    "logout",
    "jsi18n",
    "healthz",
    "readyz",
    "metrics",
    "home",
    "login",
    "password_change_done",
    "view_on_site",
    "autocomplete",
}


def hostile_rows(root: User) -> dict:
    """A row of everything, with every payload in each text that comes from elsewhere."""
    short = [payload for payload in PAYLOADS if len(payload) <= 60]
    source = factories.SourceFactory(name=short[0] + short[1])
    article = factories.ArticleFactory(
        title=ALL[:400], byline=ALL[:250], source=source, raw_url=f"https://x.test/?{ALL}"
    )
    said = f"“We {ALL} know,”"
    version = factories.ArticleVersionFactory(article=article, text=f"{said} {ALL} said Ann.")
    speaker = factories.SpeakerFactory(name=ALL[:250], description=ALL[:300])
    factories.SpeakerAliasFactory(speaker=speaker, name=ALL[250:480])
    given = {"article_version": version, "role": ALL[:250], "suggested_name": ALL[:250]}
    quote = factories.QuoteFactory(words=said, speaker=speaker, **given)
    other = factories.QuoteFactory(words=f"{ALL} said", speaker=None, **given)
    claim = quote_service.accept_as_new_claim(quote, actor=person(root), text=f"Claim {ALL}")
    quote_service.reject(other, actor=person(root), reason_code="duplicate", comment=ALL)
    quote_service.reopen(other, actor=person(root), comment=ALL)
    factories.CommentFactory(claim=claim, text=ALL)
    factories.ReplyRequestFactory(claim=claim, asked=ALL[:290])
    feed = factories.FeedFactory(
        source=source, title=ALL[:190], url="https://x.test/feed", last_error=ALL[:190]
    )
    rows = {
        models.Article: article,
        models.ArticleVersion: version,
        models.Source: source,
        models.Speaker: speaker,
        models.Quote: other,
        models.Claim: claim,
        models.Feed: feed,
        models.Verdict: factories.VerdictFactory(claim=claim, summary=ALL, explanation=ALL),
        models.Evidence: factories.EvidenceFactory(
            claim=claim, title=ALL[:290], excerpt=ALL, url="https://x.test/?<script>ran(1)"
        ),
        models.ExternalReview: factories.ExternalReviewFactory(
            claim_text=f"Claim {ALL}", title=ALL, rating_label=ALL[:290], publisher_name=ALL[:290]
        ),
        models.Appearance: claim.appearances.get(),
        models.Topic: factories.TopicFactory(name=short[2]),
        models.ExtractionRun: factories.ExtractionRunFactory(
            article_version=version, error=ALL, state="dead", due_at=None
        ),
        models.Fetch: factories.FetchFactory(url=f"https://x.test/?{ALL}", error=ALL),
        models.QuoteCheck: factories.QuoteCheckFactory(quote=quote, note=ALL),
        models.Rating: factories.RatingFactory(label=short[3], scale__name=short[4]),
        models.ClaimLink: factories.ClaimLinkFactory(from_claim=claim),
        User: factories.UserFactory(
            username="mallory", first_name=short[0], last_name=short[1], email="m@x.test"
        ),
    }
    return {**rows_of_everything(), **rows}


def test_twenty_payloads_are_inert_on_every_page(staff, signed_in, live_server):
    root = staff("root", "superuser")
    rows = hostile_rows(root)
    with signed_in(root) as page:
        page.add_init_script("window.runs = []; window.ran = (number) => window.runs.push(number);")
        seen, shown, table = 0, 0, expected()
        for address in pages():
            if address.name in LEFT_OUT or address.name.endswith(FILES):
                continue
            if not shows_rows(address.name) or "S" not in table[address.name][0]:
                continue  # a page that only takes posts has nothing to show
            answer = page.goto(live_server.url + address.path(rows), wait_until="load")
            assert answer.status < 500, address
            state = page.evaluate(
                """(alien) => ({runs: window.runs, violations: window.violations,
                    alien: document.querySelectorAll(alien).length,
                    text: document.documentElement.innerText.includes('ran(')})""",
                ALIEN,
            )
            assert state["runs"] == state["violations"] == [], address
            assert state["alien"] == 0, address
            seen += 1
            shown += state["text"]
        assert seen > 50
        assert shown > 25, "the walk did not see the payloads that it looks for"


# Of what the libraries bring, one list and one page each; a deletion is asked for on one page.
QUIET = {"django_celery_beat", "axes"}


def shows_rows(name: str) -> bool:
    """Whether a page shows text that is not ours: forms to add a row do not."""
    model = model_of(name)
    if model is not None and name.endswith("_add"):
        return False
    if model is not None and name.endswith("_delete"):
        return model in {models.Speaker, models.Evidence}
    return model is None or model._meta.app_label not in QUIET
