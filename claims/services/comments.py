"""What colleagues say about a claim, and whom they call: ``@anna`` or ``@Editor``."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from claims.choices import NotificationKind
from claims.models import Claim, Comment
from claims.services import notifications
from claims.services.actors import Actor
from claims.services.errors import NotReady

COMMENT = "claims.add_comment"
# What a username may hold; not behind a letter, so that an e-mail address calls nobody.
_MENTION = re.compile(r"(?<![\w@.+-])@([\w.@+-]{1,150})")


@transaction.atomic
def add_comment(claim: Claim, *, text: str, actor: Actor) -> Comment:
    """Say something about the claim; everybody who is mentioned is told. Raises DeskError."""
    author = actor.require(COMMENT)
    text = text.strip()
    if not text:
        raise NotReady(["a comment is needed"])
    if len(text) > settings.COMMENT_MAX_CHARACTERS:
        raise NotReady([f"a comment has at most {settings.COMMENT_MAX_CHARACTERS} characters"])
    comment = Comment.objects.create(claim=claim, author=author, text=text)
    notifications.notify(
        mentioned(text),
        kind=NotificationKind.MENTION,
        text=f"{notifications.name_of(actor)} mentions you: {text}",
        claim=claim,
        actor=actor,
    )
    return comment


def mentioned(text: str) -> list[User]:
    """The active people whom ``text`` calls, by name or by role, each once."""
    names = {name.lower() for _, name in _names(text)}
    if not names:
        return []
    roles = [group.pk for group in Group.objects.all() if group.name.lower() in names]
    people = User.objects.filter(is_active=True)
    called = people.filter(groups__in=roles) | people.filter(username__iregex=_any_of(names))
    return list(called.distinct().order_by("pk"))


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """``text`` in pieces, each with whether it calls somebody; together they are ``text``."""
    at = 0
    for start, name in _names(text):
        end = start + 1 + len(name)
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _names(text: str) -> Iterator[tuple[int, str]]:
    """Where each mention begins, and the name without its ``@`` and a sentence's full stop."""
    for found in _MENTION.finditer(text):
        name = found[1].rstrip(".-+@")
        if name:
            yield found.start(), name


def _any_of(names: set[str]) -> str:
    return f"^({'|'.join(re.escape(name) for name in sorted(names))})$"
