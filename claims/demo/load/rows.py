"""The rows of an invented desk of any size, table by table.

Everything is consistent: offsets give their text, a published claim has a verdict that
somebody else approved, a reviewed quote has its decision. Primary keys are counted here, from
behind what the tables hold, so that rows can name each other before they are stored.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User

from claims.choices import (
    ArticleKind,
    ClaimStage,
    EvidenceKind,
    EvidenceStance,
    FetchOutcome,
    FetchPurpose,
    MatchState,
    Priority,
    QuoteKind,
    QuoteStatus,
    RejectReason,
    SpeakerKind,
    Stance,
    VerdictStatus,
    WorkState,
)
from claims.demo.load.words import Words
from claims.models import (
    Appearance,
    Article,
    ArticleVersion,
    Claim,
    ClaimTopic,
    Decision,
    Evidence,
    ExtractionRun,
    Fetch,
    Quote,
    Rating,
    Source,
    Speaker,
    SpeakerAlias,
    Topic,
    Verdict,
)
from claims.models.speaker import name_key

QUOTES_AN_ARTICLE = 20
QUOTES_A_SPEAKER = 100
QUOTES_A_CLAIM = 5
SOURCES, TOPICS = 40, 60
DAYS = 365
CONTEXT = 64
EXTRACTOR = "rules-2"
STAGES = (
    *([ClaimStage.PUBLISHED] * 12),
    *([ClaimStage.RESEARCHING] * 3),
    *([ClaimStage.NEW] * 2),
    *([ClaimStage.SHELVED] * 2),
    ClaimStage.IN_REVIEW,
)
STATUSES = (
    *([QuoteStatus.ACCEPTED] * 4),
    *([QuoteStatus.CANDIDATE] * 3),
    *([QuoteStatus.REJECTED] * 3),
)


@dataclass(frozen=True)
class Sizes:
    """How many rows of each kind a desk of so many quotes has."""

    quotes: int

    @property
    def articles(self) -> int:
        return max(1, self.quotes // QUOTES_AN_ARTICLE)

    @property
    def speakers(self) -> int:
        return max(1, self.quotes // QUOTES_A_SPEAKER)

    @property
    def claims(self) -> int:
        return max(1, self.quotes // QUOTES_A_CLAIM)


class Desk:
    """The rows, one table after the other; the order of the methods is that of the keys."""

    def __init__(self, quotes: int, people: list[User], *, seed: int, now: datetime) -> None:
        self.sizes, self.people, self.now = Sizes(quotes), people, now
        self.words = Words(seed)
        self.rng = self.words.rng
        self.ratings = list(Rating.objects.all())
        counted = (Article, ArticleVersion, Claim, ExtractionRun, Quote, Source, Speaker, Topic)
        self.base = {
            model: (model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
            for model in counted
        }
        self.tag = f"{seed}-{self.base[Quote]}"

    def moment(self, number: int, of: int) -> datetime:
        """When row ``number`` came in: the record grew evenly over the last year."""
        return self.now - timedelta(days=DAYS) * (1 - number / of)

    def _clock(self, number: int, of: int) -> dict[str, datetime]:
        moment = self.moment(number, of)
        return {"created_at": moment, "updated_at": moment}

    def sources(self) -> Iterator[Source]:
        for n in range(SOURCES):
            yield Source(
                pk=self.base[Source] + n,
                name=f"The {self.words.name(n).split()[0]} Courier {self.tag}",
                domain=f"courier-{n}-{self.tag}.example",
                language="en",
                **self._clock(0, 1),
            )

    def topics(self) -> Iterator[Topic]:
        for n in range(TOPICS):
            name = f"{self.words.topic(n)} {self.tag}"
            yield Topic(
                pk=self.base[Topic] + n,
                name=name,
                slug=f"topic-{n}-{self.tag}",
                **self._clock(0, 1),
            )

    def speakers(self) -> Iterator[Speaker]:
        for n in range(self.sizes.speakers):
            name = self.words.name(n)
            yield Speaker(
                pk=self.base[Speaker] + n,
                name=name,
                key=name_key(name),
                kind=SpeakerKind.PERSON,
                is_confirmed=True,
                **self._clock(0, 1),
            )

    def aliases(self) -> Iterator[SpeakerAlias]:
        for n in range(self.sizes.speakers):
            name = self.words.name(n).split()[1]
            yield SpeakerAlias(speaker_id=self.base[Speaker] + n, name=name, key=name_key(name))

    def articles(self) -> Iterator[Article]:
        for n in range(self.sizes.articles):
            url = f"https://courier-{n % SOURCES}-{self.tag}.example/news/{n}"
            yield Article(
                pk=self.base[Article] + n,
                source_id=self.base[Source] + n % SOURCES,
                kind=ArticleKind.NEWS,
                canonical_url=url,
                url_hash=hashlib.sha256(url.encode()).hexdigest(),
                raw_url=url,
                title=self.words.sentence(7),
                byline=self.words.name(n % 400),
                language="en",
                published_at=self.moment(n, self.sizes.articles),
                **self._clock(n, self.sizes.articles),
            )

    def versions(self) -> Iterator[tuple[ArticleVersion, list[Quote]]]:
        """Each article's text with the quotes in it; articles name their text afterwards."""
        for n in range(self.sizes.articles):
            paragraphs, quotes, length = [], [], 0
            for k in range(QUOTES_AN_ARTICLE):
                number = n * QUOTES_AN_ARTICLE + k
                said, speaker = f"“{self.words.sentence()},”", number % self.sizes.speakers
                name = self.words.name(speaker)
                paragraph = f"{said} {name} said. {self.words.sentence(9)}."
                quotes.append(self._quote(number, n, length, said, name))
                paragraphs.append(paragraph)
                length += len(paragraph) + 2
            text = "\n\n".join(paragraphs)
            for quote in quotes:
                quote.prefix = text[max(0, quote.start - CONTEXT) : quote.start]
                quote.suffix = text[quote.end : quote.end + CONTEXT]
            version = ArticleVersion(
                pk=self.base[ArticleVersion] + n,
                article_id=self.base[Article] + n,
                number=1,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                fetched_at=self.moment(n, self.sizes.articles),
                content_type="text/html",
            )
            yield version, quotes

    def _quote(self, number: int, article: int, start: int, said: str, name: str) -> Quote:
        end = start + len(said)
        status = STATUSES[number % len(STATUSES)]
        moment = self.moment(article, self.sizes.articles)
        return Quote(
            pk=self.base[Quote] + number,
            article_version_id=self.base[ArticleVersion] + article,
            run_id=self.base[ExtractionRun] + article,
            start=start,
            end=end,
            fragments=[[start, end]],
            text=said,
            kind=QuoteKind.DIRECT,
            cue_start=end + 1 + len(name) + 1,
            cue_end=end + 1 + len(name) + 1 + len("said"),
            mention_start=end + 1,
            mention_end=end + 1 + len(name),
            speaker_id=self.base[Speaker] + number % self.sizes.speakers,
            suggested_name=name,
            confidence=round(self.rng.uniform(0.4, 1), 3),
            check_worthiness=round(self.rng.random(), 3),
            status=status,
            touched_at=None if status == QuoteStatus.CANDIDATE else moment,
            created_at=moment,
            updated_at=moment,
        )

    def runs(self) -> Iterator[ExtractionRun]:
        for n in range(self.sizes.articles):
            moment = self.moment(n, self.sizes.articles)
            yield ExtractionRun(
                pk=self.base[ExtractionRun] + n,
                article_version_id=self.base[ArticleVersion] + n,
                extractor=EXTRACTOR,
                state=WorkState.DONE,
                attempts=1,
                quotes_found=QUOTES_AN_ARTICLE,
                quotes_held_back=0,
                quotes_added=QUOTES_AN_ARTICLE,
                quotes_withdrawn=0,
                duration_ms=40,
                created_at=moment,
                finished_at=moment,
            )

    def fetches(self) -> Iterator[Fetch]:
        for n in range(self.sizes.articles):
            moment = self.moment(n, self.sizes.articles)
            host = f"courier-{n % SOURCES}-{self.tag}.example"
            url = f"https://{host}/news/{n}"
            yield Fetch(
                purpose=FetchPurpose.REQUEST,
                url=url,
                url_hash=hashlib.sha256(url.encode()).hexdigest(),
                host=host,
                article_id=self.base[Article] + n,
                article_version_id=self.base[ArticleVersion] + n,
                outcome=FetchOutcome.NEW,
                http_status=200,
                state=WorkState.DONE,
                attempts=1,
                created_at=moment,
                finished_at=moment,
            )

    def claims(self) -> Iterator[Claim]:
        for n in range(self.sizes.claims):
            yield Claim(
                pk=self.base[Claim] + n,
                text=f"{self.words.sentence(11)}.",
                stage=STAGES[n % len(STAGES)],
                priority=Priority.NORMAL,
                assignee=self.people[n % len(self.people)] if n % 3 else None,
                created_by=self.people[n % len(self.people)],
                **self._clock(n, self.sizes.claims),
            )

    def filed(self) -> Iterator[ClaimTopic]:
        for n in range(self.sizes.claims):
            yield ClaimTopic(claim_id=self.base[Claim] + n, topic_id=self.base[Topic] + n % TOPICS)

    def appearances(self) -> Iterator[Appearance]:
        """Every accepted quote voices a claim."""
        for n in range(self.sizes.articles * QUOTES_AN_ARTICLE):
            if STATUSES[n % len(STATUSES)] == QuoteStatus.ACCEPTED:
                yield Appearance(
                    claim_id=self.base[Claim] + n // QUOTES_A_CLAIM % self.sizes.claims,
                    quote_id=self.base[Quote] + n,
                    stance=Stance.DENIES if n % 7 == 0 else Stance.ASSERTS,
                    state=MatchState.CONFIRMED,
                    **self._clock(n, self.sizes.quotes),
                )

    def evidence(self) -> Iterator[Evidence]:
        for n in range(self.sizes.claims):
            yield Evidence(
                claim_id=self.base[Claim] + n,
                stance=EvidenceStance.REFUTES if n % 2 else EvidenceStance.SUPPORTS,
                kind=EvidenceKind.PRIMARY,
                title=self.words.sentence(6),
                url=f"https://statistics.example/table/{n}",
                is_confidential=n % 50 == 0,
                added_by=self.people[n % len(self.people)],
                **self._clock(n, self.sizes.claims),
            )

    def verdicts(self) -> Iterator[Verdict]:
        answered = {ClaimStage.PUBLISHED, ClaimStage.RESEARCHING, ClaimStage.IN_REVIEW}
        for n in range(self.sizes.claims):
            stage = STAGES[n % len(STAGES)]
            if stage not in answered:
                continue
            public = stage == ClaimStage.PUBLISHED
            moment = self.moment(n, self.sizes.claims)
            yield Verdict(
                claim_id=self.base[Claim] + n,
                number=1,
                status=VerdictStatus.PUBLISHED if public else VerdictStatus.DRAFT,
                rating=self.ratings[n % len(self.ratings)],
                summary=f"{self.words.sentence(14)}.",
                author=self.people[n % len(self.people)],
                approver=self.people[(n + 1) % len(self.people)] if public else None,
                valid_as_of=moment.date() if public else None,
                published_at=moment if public else None,
                **self._clock(n, self.sizes.claims),
            )

    def decisions(self) -> Iterator[Decision]:
        reasons = RejectReason.values
        for n in range(self.sizes.articles * QUOTES_AN_ARTICLE):
            status = STATUSES[n % len(STATUSES)]
            if status == QuoteStatus.CANDIDATE:
                continue
            yield Decision(
                quote_id=self.base[Quote] + n,
                actor=self.people[n % len(self.people)],
                from_state=QuoteStatus.CANDIDATE,
                to_state=status,
                reason_code=reasons[n % len(reasons)] if status == QuoteStatus.REJECTED else "",
                at=self.moment(n, self.sizes.quotes),
            )
        for n in range(self.sizes.claims):
            yield Decision(
                claim_id=self.base[Claim] + n,
                actor=self.people[n % len(self.people)],
                from_state="",
                to_state=ClaimStage.NEW,
                at=self.moment(n, self.sizes.claims),
            )


def this_moment() -> datetime:
    """Now, to the second, so that a run with the same seed on the same second is the same."""
    return datetime.now(UTC).replace(microsecond=0)
