"""What the outlet has written."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "articles"
#: Out only when the outlet is told to publish it.
HELD_BACK = "bridge-closure"


@dataclass(frozen=True, slots=True)
class Story:
    """One article: a file of title, byline, time, and paragraphs behind an empty line."""

    slug: str
    title: str
    byline: str
    published: datetime
    paragraphs: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/news/{self.published:%Y/%m}/{self.slug}"


@cache
def stories() -> tuple[Story, ...]:
    """All articles, the newest first."""
    found = (_story(path) for path in FOLDER.glob("*.txt"))
    return tuple(sorted(found, key=lambda story: story.published, reverse=True))


def _story(path: Path) -> Story:
    title, byline, published, _, *paragraphs = path.read_text(encoding="utf-8").splitlines()
    return Story(
        slug=path.stem,
        title=title,
        byline=byline,
        published=datetime.fromisoformat(published),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
    )
