"""An invented desk of any size, for measuring: ``manage.py seed_load``.

    for table, rows in load.fill(quotes=1_000_000):
        print(table, rows)

Nothing in it is real, and nothing of it belongs beside real work.
"""

from collections.abc import Iterator

from django.contrib.auth.models import Group, User
from django.db import connection, models, transaction

from claims.demo.acting import acting
from claims.demo.load.rows import Desk, this_moment
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
    Source,
    Speaker,
    SpeakerAlias,
    Topic,
    Verdict,
)
from claims.services.actors import job
from claims.services.copying import copy_rows

PEOPLE = 6
BATCH = 1_000
"""Articles whose quotes are held in memory at once."""


def fill(quotes: int, *, seed: int = 1) -> Iterator[tuple[str, int]]:
    """Store a desk of so many quotes by COPY; yield each table and its number of rows.

    Triggers and history are on. All of it or nothing. The tables are analysed at the end, as
    autovacuum would.
    """
    desk = Desk(quotes, people(), seed=seed, now=this_moment())
    with acting(job("seed_load")), transaction.atomic():
        yield _copied(Source, desk.sources())
        yield _copied(Topic, desk.topics())
        yield _copied(Speaker, desk.speakers())
        yield _copied(SpeakerAlias, desk.aliases())
        yield _copied(Article, desk.articles())
        yield "quotes, with texts and runs", _texts(desk)
        yield _copied(Fetch, desk.fetches())
        yield _copied(Claim, desk.claims())
        yield _copied(ClaimTopic, desk.filed())
        yield _copied(Appearance, desk.appearances())
        yield _copied(Evidence, desk.evidence())
        yield _copied(Verdict, desk.verdicts())
        yield _copied(Decision, desk.decisions())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people() -> list[User]:
    """Colleagues who can do anything at the desk and sign in nowhere."""
    found = []
    for n in range(PEOPLE):
        user, is_new = User.objects.get_or_create(
            username=f"load-{n}", defaults={"is_staff": True, "first_name": f"Load {n}"}
        )
        if is_new:
            user.set_unusable_password()
            user.save()
            user.groups.add(Group.objects.get(name="Editor"))
        found.append(user)
    return found


def _copied(model: type[models.Model], rows: Iterator[models.Model]) -> tuple[str, int]:
    return str(model._meta.verbose_name_plural), copy_rows(model, rows)


def _texts(desk: Desk) -> int:
    """Versions, their runs and their quotes, some articles at a time: quotes need their text."""
    runs, number = desk.runs(), 0
    batch: list[tuple[ArticleVersion, list[Quote]]] = []
    for each in desk.versions():
        batch.append(each)
        if len(batch) == BATCH:
            number += _store(batch, runs)
            batch = []
    number += _store(batch, runs)
    Article.objects.filter(pk__gte=desk.base[Article]).update(
        current_version_id=models.F("pk") - desk.base[Article] + desk.base[ArticleVersion]
    )
    return number


def _store(batch: list[tuple[ArticleVersion, list[Quote]]], runs: Iterator[ExtractionRun]) -> int:
    copy_rows(ArticleVersion, (version for version, _ in batch))
    # In this order: zip asks its first argument once more than it has use for.
    copy_rows(ExtractionRun, (run for _, run in zip(batch, runs, strict=False)))
    return copy_rows(Quote, (quote for _, quotes in batch for quote in quotes))
