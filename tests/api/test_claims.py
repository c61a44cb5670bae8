"""Claims through the API: the desk's own services, asked by a script."""

import pytest

from claims.choices import ClaimStage, VerdictStatus
from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "In March 2026 the city of Haverness had inspected 85% of the Senn dykes."


def make(client, **changes):
    return client.post("/api/v1/claims", {"text": TEXT, **changes}, format="json")


def test_a_claim_is_made_with_its_quantities_and_an_etag(client_of, reporter):
    answer = make(client_of(reporter))

    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/claims/{answer.data['id']}"
    assert answer["ETag"].startswith(f'"{answer.json()["version"]}.')
    assert 85 in [each["value"] for each in answer.json()["quantities"]]
    claim = Claim.objects.get()
    assert (claim.text, claim.created_by) == (TEXT, reporter)


def test_a_claim_goes_from_new_to_published_by_three_people(client_of, reporter, checker, editor):
    topic = factories.TopicFactory(slug="dykes")
    rating = factories.RatingFactory()
    claim = make(client_of(reporter), topics=["dykes"]).json()
    address = claim["href"]
    checks, edits = client_of(checker), client_of(editor)

    def act(client, name, body=None, status=200):
        tag = client.get(address)["ETag"]
        answer = client.post(f"{address}/{name}", body or {}, format="json", HTTP_IF_MATCH=tag)
        assert answer.status_code == status, answer.json()
        return answer.json()

    act(checks, "assign", {"assignee": "checker"})
    act(checks, "research")
    refused = act(checks, "submit", status=422)
    assert "at least one piece of evidence is needed" in refused["missing"]
    evidence = checks.post(
        "/api/v1/evidence",
        {"claim": claim["id"], "title": "Inspection log", "url": "https://haverness.example/log"},
        format="json",
    )
    assert evidence.status_code == 201, evidence.json()
    draft = act(checks, "draft", status=201)
    tag = checks.get(draft["href"])["ETag"]
    written = checks.patch(
        draft["href"],
        {"rating": rating.pk, "summary": "The log lists 58%."},
        format="json",
        HTTP_IF_MATCH=tag,
    )
    assert written.status_code == 200, written.json()
    act(checks, "submit")
    version = written.json()["version"]
    assert act(checks, "approve", {"verdict_version": version}, status=403)["code"] == "not_allowed"
    published = act(edits, "approve", {"verdict_version": version})

    assert (published["stage"], published["topics"]) == ("published", [topic.slug])
    assert published["verdict"]["summary"] == "The log lists 58%."
    assert Claim.objects.get().stage == ClaimStage.PUBLISHED


def test_a_change_wants_the_version_that_it_is_based_on(client_of, checker):
    client = client_of(checker)
    claim = make(client).json()
    tag = client.get(claim["href"])["ETag"]

    without = client.patch(claim["href"], {"priority": "high"}, format="json")
    assert (without.status_code, without.json()["code"]) == (428, "precondition_required")
    first = client.patch(claim["href"], {"priority": "high"}, format="json", HTTP_IF_MATCH=tag)
    assert first.status_code == 200, first.json()
    second = client.patch(claim["href"], {"priority": "low"}, format="json", HTTP_IF_MATCH=tag)
    assert (second.status_code, second.json()["code"]) == (412, "stale")
    assert Claim.objects.get().priority == "high"


def test_a_copy_that_is_still_good_is_not_sent_again(client_of, reporter):
    client = client_of(reporter)
    claim = make(client).json()
    for address in (claim["href"], "/api/v1/claims", f"{claim['href']}?fields=id,text"):
        tag = client.get(address)["ETag"]
        again = client.get(address, HTTP_IF_NONE_MATCH=tag)
        assert (again.status_code, again.content) == (304, b"")
    Claim.objects.update(priority="high")
    assert client.get(claim["href"], HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_relations_come_in_place_and_fields_are_chosen(client_of, reporter):
    appearance = factories.AppearanceFactory(state="confirmed")
    client = client_of(reporter)
    answer = client.get(
        f"/api/v1/claims/{appearance.claim_id}?expand=appearances,verdicts&fields=text"
    ).json()

    assert set(answer) == {"id", "text", "appearances", "verdicts"}
    (shown,) = answer["appearances"]
    assert shown["quote"]["text"] == appearance.quote.text


def test_the_public_sees_what_is_published_and_nothing_of_the_work(anybody, settings):
    published = factories.VerdictFactory(
        status=VerdictStatus.PUBLISHED,
        approver=factories.UserFactory(),
        published_at="2026-03-14T10:00Z",
    ).claim
    factories.ClaimFactory()
    settings.PUBLIC_READ = False
    assert anybody.get("/api/v1/claims").status_code == 401

    settings.PUBLIC_READ = True
    listed = anybody.get("/api/v1/claims").json()["results"]
    assert [claim["id"] for claim in listed] == [published.pk]
    assert not {"stage", "assignee", "priority", "embargo_until"} & set(listed[0])
    assert anybody.get("/api/v1/quotes").status_code == 401
    assert anybody.get(f"/api/v1/claims/{published.pk}?expand=evidence").status_code in (400, 401)


def test_unknown_parameters_and_fields_are_refused(client_of, checker):
    client = client_of(checker)
    assert client.get("/api/v1/claims?ordering=user__password").status_code == 400
    refused = client.get("/api/v1/claims?assignee__password=x")
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_parameter")
    answer = make(client, stage="published", nonsense=1)
    assert answer.status_code == 400
    pointers = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert pointers == {"#/stage": "unknown_field", "#/nonsense": "unknown_field"}
    assert not Claim.objects.exists()


def test_the_same_post_with_one_key_is_done_once(client_of, reporter):
    client = client_of(reporter)
    post = {"data": {"text": TEXT}, "format": "json", "HTTP_IDEMPOTENCY_KEY": "a-1"}
    first = client.post("/api/v1/claims", **post)
    again = client.post("/api/v1/claims", **post)
    other = client.post("/api/v1/claims", **{**post, "data": {"text": "Another claim."}})

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert again.content == first.content
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert Claim.objects.count() == 1


def test_pages_go_on_where_the_last_one_ended(client_of, reporter):
    claims = factories.ClaimFactory.create_batch(5)
    client = client_of(reporter)
    first = client.get("/api/v1/claims?limit=2&count=estimated").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    found = [claim["id"] for page in (first, second, third) for claim in page["results"]]
    assert found == sorted((claim.pk for claim in claims), reverse=True)
    assert third["next"] is None
    assert isinstance(first["count"], int)


def test_the_timeline_tells_what_happened_in_order(client_of, checker, reporter):
    client = client_of(checker)
    claim = make(client).json()
    row = Claim.objects.get()
    appearance = factories.AppearanceFactory(claim=row, state="confirmed", stance="denies")
    factories.EvidenceFactory(claim=row, title="A secret log", is_confidential=True)
    tag = client.get(claim["href"])["ETag"]
    client.post(f"{claim['href']}/research", format="json", HTTP_IF_MATCH=tag)

    events = client.get(f"{claim['href']}/timeline").json()
    assert [(event["kind"], event["what"]) for event in events] == [
        ("voiced", "denies"),
        ("decided", "new"),
        ("evidence", "A secret log"),
        ("decided", "new → researching"),
    ]
    assert events[0]["who"] == appearance.quote.speaker.name
    hidden = client_of(reporter).get(f"{claim['href']}/timeline").json()
    assert "A secret log" not in [event["what"] for event in hidden]


def test_a_refusal_that_is_said_again_is_a_problem_again(client_of, reporter):
    client = client_of(reporter)
    post = {"data": {"text": ""}, "format": "json", "HTTP_IDEMPOTENCY_KEY": "a-2"}
    first, again = (client.post("/api/v1/claims", **post) for _ in range(2))

    assert again["Idempotency-Replayed"] == "true"
    assert again["Content-Type"] == first["Content-Type"] == "application/problem+json"


def test_an_address_that_is_none_is_a_problem_whatever_the_method(anybody):
    anybody.cookies["sessionid"] = "of-nobody"
    for method in ("get", "post", "put", "delete", "options", "trace"):
        answer = getattr(anybody, method)("/api/v1/claims/1000000000000000000/submit")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer["Content-Type"] == "application/problem+json"


def test_links_of_both_directions_come_in_place(client_of, checker):
    link = factories.ClaimLinkFactory()
    shown = client_of(checker).get("/api/v1/claims?expand=links_out,links_in").json()["results"]
    found = {row["id"]: (row["links_out"], row["links_in"]) for row in shown}
    assert [row["id"] for row in found[link.from_claim_id][0]] == [link.pk]
    assert [row["id"] for row in found[link.to_claim_id][1]] == [link.pk]


@pytest.mark.parametrize(
    "private", ["assignee=chen", "stage=published", "priority=high", "expand=verdict"]
)
def test_the_public_cannot_ask_what_it_is_not_shown(anybody, settings, private):
    settings.PUBLIC_READ = True
    answer = anybody.get(f"/api/v1/claims?{private}")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert private.split("=")[0] in answer.json()["detail"]
    unknown = anybody.get("/api/v1/claims?assignees=chen")
    assert (unknown.status_code, unknown.json()["code"]) == (400, "unknown_parameter")
    assert "assignee," not in unknown.json()["detail"]
    assert anybody.get("/api/v1/claims?topic=dykes&rating=1&speaker=1").status_code == 200
