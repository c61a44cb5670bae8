"""Who does what in the demo, as history records it: on the desk a request says so."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory

from claims.services.actors import Actor


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Everything written in the block is the work of ``actor``. Blocks follow each other.

    pghistory joins a block within a block to the outer one, and takes the inner name for both:
    so a block of somebody's begins where the one before has ended.
    """
    who = {"user": actor.user.pk} if actor.user else {"job": actor.job}
    with pghistory.context(**who):
        yield
