"""A quote as a Web Annotation: its selectors lead back to its words."""

import pytest

from claims.export.publisher import publisher
from claims.export.web_annotation import web_annotation
from tests import factories

pytestmark = pytest.mark.django_db

# The last holds characters that are two units of UTF-16 and four bytes of UTF-8.
TEXTS = [
    "On Monday. “We know,” Ann said. “We know,” Bob said.",
    "“We know,” Ann said.",
    "The \U0001f30a rose \U0001f6a8. Ann said: “It is \U0001f30a, é and e\u0301!” and left.",
]


def quote_in(text: str, **fields):
    version = factories.ArticleVersionFactory(text=text)
    return factories.QuoteFactory(article_version=version, **fields)


def selectors(annotation):
    return {one["type"]: one for one in annotation["target"]["selector"]}


@pytest.mark.parametrize("text", TEXTS)
def test_each_selector_leads_back_to_the_quote(text):
    quote = quote_in(text)
    by_type = selectors(web_annotation(quote, publisher()))
    position, words = by_type["TextPositionSelector"], by_type["TextQuoteSelector"]
    assert text[position["start"] : position["end"]] == quote.text
    around = words["prefix"] + words["exact"] + words["suffix"]
    assert text.count(around) == 1
    assert text.index(around) + len(words["prefix"]) == position["start"]
    assert words["exact"] == quote.text


def test_an_annotation_says_who_said_it_where_and_when_it_was_read(settings):
    settings.DESK_URL = "https://desk.example/"
    minister = factories.SpeakerFactory(name="Minna Aalto", wikidata_id="Q42")
    quote = quote_in(TEXTS[0], speaker=minister, role="Water Minister")
    annotation = web_annotation(quote, publisher(), cue="said")
    version = quote.article_version
    assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert annotation["id"] == f"https://desk.example/api/v1/quotes/{quote.pk}/annotation"
    assert annotation["motivation"] == "identifying"
    speaker, kind, cue = annotation["body"]
    assert speaker["source"] == {
        "type": "Person",
        "name": "Minna Aalto",
        "schema:jobTitle": "Water Minister",
        "schema:sameAs": {"id": "https://www.wikidata.org/entity/Q42"},
    }
    assert (kind["purpose"], kind["value"]) == ("tagging", "direct quotation")
    assert (cue["purpose"], cue["value"]) == ("describing", "said")
    target = annotation["target"]
    assert target["source"] == version.article.canonical_url
    assert target["state"]["sourceDate"] == f"{version.fetched_at:%Y-%m-%dT%H:%M:%SZ}"
    assert target["state"]["cached"] == f"https://desk.example/api/v1/article-versions/{version.pk}"


def test_words_of_nobody_known_have_no_speaker():
    annotation = web_annotation(quote_in(TEXTS[0], speaker=None), publisher())
    assert [body["purpose"] for body in annotation["body"]] == ["tagging"]


def test_a_file_of_the_desk_is_not_named():
    quote = quote_in(TEXTS[0])
    quote.article_version.article.canonical_url = "file:///srv/desk/tip.html"
    target = web_annotation(quote, publisher())["target"]
    assert target["source"].startswith("http")
    assert "tip.html" not in str(target)
