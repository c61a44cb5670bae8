"""What is kept from a person is on no page they can open: a word, sought in the whole desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import models
from claims.services import claims as claim_service
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories
from tests.admin.site import pages, rows_of_everything

pytestmark = pytest.mark.django_db

WORD = "Zebrafish"
# Lists are asked with a search and with every row; these answer with no page.
LEFT_OUT = {"logout", "healthz", "readyz", "metrics"}


@pytest.fixture
def secrets(checker, editor):
    """An embargoed claim and confidential evidence, with all that can hang on them."""
    quote = factories.QuoteFactory()
    claim = quote_service.accept_as_new_claim(
        quote, actor=person(checker), text=f"{WORD} are in the water."
    )
    models.Claim.objects.filter(pk=claim.pk).update(
        embargo_until=timezone.now() + timedelta(days=1)
    )
    topic = factories.TopicFactory(name="Water")
    claim.topics.add(topic)
    claim_service.start_research(claim, actor=person(checker))
    verdict = factories.VerdictFactory(claim=claim, summary=f"{WORD}, yes.")
    factories.CommentFactory(claim=claim, text=f"{WORD}?")
    factories.ReplyRequestFactory(claim=claim, asked=f"{WORD} office")
    factories.ClaimLinkFactory(from_claim=claim)
    link = factories.ClaimLinkFactory(to_claim=claim)
    factories.DecisionFactory(quote=None, claim=claim, comment=f"{WORD} it is")
    factories.EvidenceFactory(claim=claim, title=f"{WORD} count")
    open_claim = factories.ClaimFactory(text="Open to all.")
    fetch = factories.FetchFactory(
        url=f"https://{WORD.lower()}.test/", purpose="evidence", state="dead", due_at=None
    )
    told = factories.EvidenceFactory(
        claim=open_claim,
        title=f"{WORD} memo",
        excerpt=f"{WORD} memo",
        is_confidential=True,
        fetch=fetch,
    )
    once = factories.EvidenceFactory(claim=open_claim, excerpt=WORD, is_confidential=True)
    once.excerpt, once.is_confidential = "Blacked out.", False
    once.save()
    return {
        models.Quote: quote,
        models.Claim: claim,
        models.Topic: topic,
        models.Verdict: verdict,
        models.Evidence: told,
        models.Fetch: fetch,
        models.ClaimLink: link,
        "open": {models.Claim: open_claim, models.Evidence: once, models.Quote: quote},
    }


def texts(client, *sets):
    """Every page for each of the sets of rows, and every list searched for the word; (address,
    text). A page that is of no row is the same for all, and asked for once."""
    paths = {
        page.path(rows): page for rows in sets for page in pages() if page.name not in LEFT_OUT
    }
    for path, page in paths.items():
        queries = [{}]
        if page.name.endswith("_changelist"):
            queries.append({"q": WORD[:-1]})  # the search box says it again: not quite the word
        for query in queries:
            answer = client.get(path, query)
            body = b"".join(answer) if answer.streaming else answer.content
            yield f"{path}{query}", body.decode(errors="replace")


@pytest.mark.parametrize("role", ["reporter", "administrator"])
def test_the_word_is_on_no_page_of_those_it_is_kept_from(request, sign_in, secrets, role):
    client = sign_in(request.getfixturevalue(role))
    opened = secrets.pop("open")
    everything = rows_of_everything()
    kept = {**everything, **secrets}
    for address, text in texts(client, kept, {**kept, **opened}):
        assert WORD.lower() not in text.lower(), address


def test_the_word_is_there_for_those_who_may_see_it(checker, sign_in, secrets):
    opened = secrets.pop("open")
    kept = {**rows_of_everything(), **secrets}
    pages_read = texts(sign_in(checker), kept, {**kept, **opened})
    found = [address for address, text in pages_read if WORD in text]
    assert len(found) > 15


@pytest.mark.parametrize(("role", "number"), [("reporter", 0), ("checker", 1)])
def test_autocompletes_offer_what_may_be_known(request, sign_in, secrets, role, number):
    client = sign_in(request.getfixturevalue(role))
    asked = {"app_label": "claims", "model_name": "appearance", "field_name": "claim"}
    answer = client.get(reverse("admin:autocomplete"), {**asked, "term": WORD})
    if answer.status_code == 200:
        assert len(answer.json()["results"]) == number


def test_a_hidden_claim_cannot_be_chosen_by_its_number(reporter, sign_in, secrets):
    quote = factories.QuoteFactory()
    path = reverse("admin:claims_quote_decide", args=[quote.pk])
    claim = secrets[models.Claim]
    answer = sign_in(reporter).post(
        path,
        {
            "decision": "appearance",
            "version": quote.version,
            "claim": claim.pk,
            "stance": "asserts",
        },
    )
    assert answer.status_code == 400
    assert not quote.appearances.exists()
    assert WORD not in answer.content.decode()
