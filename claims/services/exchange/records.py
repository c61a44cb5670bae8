"""The four tables that go out and come in: speakers, claims, verdicts, evidence."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from claims.choices import EvidenceKind, EvidenceStance, Priority, SpeakerKind, VerdictStatus
from claims.models import Claim, Evidence, Rating, Speaker, Topic, Verdict
from claims.selectors import visible_claims
from claims.services import drafts, editing
from claims.services.claim_rules import draft_of
from claims.services.claims import researchers
from claims.services.errors import InvalidTransition, NotReady
from claims.services.exchange.resources import KEY, VERSION, Column, DeskResource, as_key

Show = Callable[[Any], str]


def plain(name: str) -> Show:
    """The field as it is."""
    return lambda row: str(getattr(row, name) or "")


def moment(name: str) -> Show:
    """A date or a time, as ISO 8601 writes it; times in UTC, to the microsecond."""

    def show(row: Any) -> str:
        value = getattr(row, name)
        if isinstance(value, datetime):
            value = value.astimezone(UTC)
        return value.isoformat() if value else ""

    return show


def user_name(name: str) -> Show:
    """The user name of the person in this field."""

    def show(row: Any) -> str:
        person = getattr(row, name)
        return person.username if person else ""

    return show


def flag(name: str) -> Show:
    """yes or no."""
    return lambda row: "yes" if getattr(row, name) else "no"


def as_text(text: str, resource: Any) -> str:
    """Whatever stands there."""
    return text


def as_line(text: str, resource: Any) -> str:
    """One line; something must stand there."""
    line = " ".join(text.split())
    if not line:
        raise ValueError("Something must stand here.")
    return line


def as_flag(text: str, resource: Any) -> bool:
    """yes or no."""
    word = text.strip().lower()
    if word not in {"yes", "no", "true", "false"}:
        raise ValueError("Write yes or no.")
    return word in {"yes", "true"}


def as_date(text: str, resource: Any) -> date | None:
    """A day, or none."""
    try:
        return date.fromisoformat(text.strip()[:10]) if text.strip() else None
    except ValueError as error:
        raise ValueError("Write the day as 2026-03-31.") from error


def as_moment(text: str, resource: Any) -> datetime | None:
    """A time, or none; without a zone it is the desk's."""
    try:
        at = datetime.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise ValueError("Write the time as 2026-03-31T18:00.") from error
    return timezone.make_aware(at) if at is not None and timezone.is_naive(at) else at


def one_of(choices: type[TextChoices]) -> Callable[[str, Any], str]:
    """One of the words of ``choices``."""

    def parse(text: str, resource: Any) -> str:
        if text.strip() not in choices.values:
            raise ValueError(f"Write one of: {', '.join(choices.values)}.")
        return text.strip()

    return parse


def as_lines(text: str, resource: Any) -> list[str]:
    """A name a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_topics(text: str, resource: Any) -> list[Topic]:
    """The topics of these names, one a line; all of them must be there."""
    names = set(as_lines(text, resource))
    found = {topic.name: topic for topic in Topic.objects.filter(name__in=names)}
    if names - set(found):
        raise ValueError(f"There is no topic {', '.join(sorted(names - set(found)))}.")
    return list(found.values())


def as_assignee(text: str, resource: Any) -> Any:
    """Somebody who may research claims, by user name, or nobody."""
    if not text.strip():
        return None
    found = researchers().filter(username=text.strip()).first()
    if found is None:
        raise ValueError(f"Nobody who may research claims is called {text.strip()}.")
    return found


def as_rating(text: str, resource: Any) -> Rating | None:
    """A rating as it is shown, scale and label, or none."""
    if not text.strip():
        return None
    found = [
        rating
        for rating in Rating.objects.select_related("scale")
        if rating_name(rating) == text.strip()
    ]
    if len(found) != 1:
        raise ValueError("Write scale and label as they are on the desk: “Truth: Half true”.")
    return found[0]


def as_claim(text: str, resource: Any) -> Claim:
    """A claim, by its id."""
    key = as_key(text)
    found = visible_claims(resource.actor.user).filter(pk=key).first() if key else None
    if found is None:
        raise ValueError(f"There is no claim {text.strip()} that you may see.")
    return found


def rating_name(rating: Rating | None) -> str:
    """Scale and label: two scales may share a label."""
    return f"{rating.scale}: {rating}" if rating else ""


def key_columns() -> dict[str, Column]:
    """The columns that every table begins with."""
    return {
        KEY: Column(KEY, plain("pk"), number=True),
        VERSION: Column(VERSION, plain("version"), number=True),
    }


class SpeakerResource(DeskResource):
    """Speakers with their other names."""

    row_class = Speaker
    id, version = key_columns().values()
    name = Column("name", plain("name"), as_line)
    kind = Column("kind", plain("kind"), one_of(SpeakerKind))
    description = Column("description", plain("description"), as_text)
    wikidata_id = Column("wikidata_id", plain("wikidata_id"), as_text)
    is_confirmed = Column("is_confirmed", flag("is_confirmed"), as_flag)
    aliases = Column("aliases", lambda s: "\n".join(a.name for a in s.aliases.all()), as_lines)
    merged_into = Column("merged_into", plain("merged_into_id"), number=True)

    def rows(self) -> QuerySet[Speaker]:
        return Speaker.objects.prefetch_related("aliases")

    def write(self, row: Speaker, values: dict[str, Any], expected_version: int | None) -> None:
        aliases = values.pop("aliases", None)
        if "wikidata_id" in values:
            values["wikidata_id"] = values["wikidata_id"].strip() or None
        editing.save_speaker(
            row,
            actor=self.actor,
            changes=values,
            aliases=aliases,
            expected_version=expected_version,
        )


class ClaimResource(DeskResource):
    """Claims; their stage moves on the desk alone."""

    row_class = Claim
    id, version = key_columns().values()
    text = Column("text", plain("text"), as_line)
    topics = Column("topics", lambda c: "\n".join(t.name for t in c.topics.all()), as_topics)
    priority = Column("priority", plain("priority"), one_of(Priority))
    assignee = Column("assignee", user_name("assignee"), as_assignee)
    embargo_until = Column("embargo_until", moment("embargo_until"), as_moment)
    recheck_by = Column("recheck_by", moment("recheck_by"), as_date)
    stage = Column("stage", plain("stage"))
    created_by = Column("created_by", user_name("created_by"))
    created_at = Column("created_at", moment("created_at"))

    def rows(self) -> QuerySet[Claim]:
        return Claim.objects.select_related("assignee", "created_by").prefetch_related("topics")

    def write(self, row: Claim, values: dict[str, Any], expected_version: int | None) -> None:
        topics = values.pop("topics", None)
        editing.save_claim(
            row, actor=self.actor, changes=values, topics=topics, expected_version=expected_version
        )


class VerdictResource(DeskResource):
    """Verdicts. Only drafts are written; what was published stays as it was."""

    row_class = Verdict
    id, version = key_columns().values()
    claim = Column("claim", plain("claim_id"), as_claim, number=True, once=True)
    number = Column("number", plain("number"), number=True)
    rating = Column("rating", lambda verdict: rating_name(verdict.rating), as_rating)
    summary = Column("summary", plain("summary"), as_text)
    explanation = Column("explanation", plain("explanation"), as_text)
    valid_as_of = Column("valid_as_of", moment("valid_as_of"), as_date)
    correction_note = Column("correction_note", plain("correction_note"), as_text)
    status = Column("status", plain("status"))
    author = Column("author", user_name("author"))
    approver = Column("approver", user_name("approver"))
    published_at = Column("published_at", moment("published_at"))

    def rows(self) -> QuerySet[Verdict]:
        return Verdict.objects.select_related("rating__scale", "author", "approver")

    def write(self, row: Verdict, values: dict[str, Any], expected_version: int | None) -> None:
        claim = values.pop("claim", None)
        if row._state.adding:
            if claim is None:
                raise NotReady(["the claim that it answers is needed"])
            waiting = draft_of(claim)
            if waiting is not None:
                raise InvalidTransition(f"This claim has a verdict in work: id {waiting.pk}.")
            row = drafts.start_draft(claim, actor=self.actor)
        elif row.status != VerdictStatus.DRAFT:
            raise InvalidTransition(
                f"This verdict is {row.get_status_display().lower()} and stays as it is: "
                "a correction is a new version, made on the desk."
            )
        drafts.save_draft(row, actor=self.actor, changes=values, expected_version=expected_version)


class EvidenceResource(DeskResource):
    """Evidence that is not confidential: that leaves the desk with nobody."""

    row_class = Evidence
    id, version = key_columns().values()
    claim = Column("claim", plain("claim_id"), as_claim, number=True, once=True)
    stance = Column("stance", plain("stance"), one_of(EvidenceStance))
    kind = Column("kind", plain("kind"), one_of(EvidenceKind))
    title = Column("title", plain("title"), as_line)
    url = Column("url", plain("url"), as_text)
    excerpt = Column("excerpt", plain("excerpt"), as_text)
    accessed_at = Column("accessed_at", moment("accessed_at"), as_moment)
    is_confidential = Column("is_confidential", flag("is_confidential"), as_flag)
    sha256 = Column("sha256", plain("sha256"))
    added_by = Column("added_by", user_name("added_by"))
    created_at = Column("created_at", moment("created_at"))

    def rows(self) -> QuerySet[Evidence]:
        return Evidence.objects.select_related("added_by")

    def write(self, row: Evidence, values: dict[str, Any], expected_version: int | None) -> None:
        editing.save_evidence(
            row, actor=self.actor, changes=values, expected_version=expected_version
        )


RESOURCES: dict[str, type[DeskResource]] = {
    "speaker": SpeakerResource,
    "claim": ClaimResource,
    "verdict": VerdictResource,
    "evidence": EvidenceResource,
}
