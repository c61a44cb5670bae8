"""What a service refuses, in words that may be shown to the person who asked."""


class DeskError(Exception):
    """Base of all refusals. ``str(error)`` is a sentence for an editor."""


class InvalidTransition(DeskError):
    """The row is not in a state from which this move leads."""


class NotAllowed(DeskError):
    """The actor's role does not allow this move."""


class NotReady(DeskError):
    """Something is missing; ``missing`` says what, one phrase each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(f"Not yet: {', '.join(missing)}.")


class StaleRow(DeskError):
    """Somebody else changed the row since it was read."""


class ArchiveUnavailable(Exception):
    """The storage of snapshots takes or gives nothing; trying again may help."""


class ArchiveBroken(Exception):
    """A snapshot is there and is not what was stored."""


class LeaseLost(Exception):
    """The run now belongs to another worker: nothing of this one's work was stored."""


class Superseded(Exception):
    """A newer run has read the same version since: an older reading is not put over it."""
