"""Who acts: a person with a role, or a job."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.services.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """Exactly one of ``user`` and ``job`` is set."""

    user: User | None = None
    job: str = ""

    def __post_init__(self) -> None:
        if (self.user is None) == (not self.job):
            raise ValueError("An actor is either a user or a job.")

    def require(self, permission: str) -> User:
        """Return the person; NotAllowed unless it is one who holds ``permission``."""
        if self.user is None:
            raise NotAllowed(f"This needs a person: {self.job} may not do it.")
        # A superuser has every permission, even the empty one.
        if not permission or not self.user.has_perm(permission):
            raise NotAllowed("Your role does not allow this.")
        return self.user


def person(user: User) -> Actor:
    """The actor for a signed-in user."""
    return Actor(user=user)


def job(name: str) -> Actor:
    """The actor for work that nobody asked for in person."""
    return Actor(job=name)


def people_who_may(permission: str, *, superusers: bool = True) -> QuerySet[User]:
    """Everybody active who holds ``permission``, by their name."""
    found: QuerySet[User] = User.objects.with_perm(
        permission,
        include_superusers=superusers,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return found.order_by("username")
