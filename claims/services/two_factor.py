"""The second factor of a sign-in: an authenticator app, and codes for the day it is lost.

Optional, and each person's own to switch on. Codes are checked with the person's devices
locked, so that guesses made at the same time are counted one by one.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotAllowed, NotReady

APP, CODES = "Authenticator app", "Recovery codes"
WRONG = "the code is not right, or was used already"


def app_of(user: User) -> TOTPDevice | None:
    """The person's authenticator app; None where the second factor is off."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_on(user: User) -> bool:
    """Whether signing in as ``user`` takes a code."""
    return app_of(user) is not None


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are still good."""
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def begin(user: User) -> TOTPDevice:
    """A secret to be put into an app; nothing changes until a code of it is confirmed."""
    User.objects.select_for_update().get(pk=user.pk)
    if is_on(user):
        raise InvalidTransition("Two-factor sign-in is on already.")
    begun, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, name=APP)
    return begun


def confirm(user: User, code: str) -> list[str]:
    """Switch the second factor on, and return the recovery codes: shown this once.

    Raises NotReady for a code that the app does not give.
    """
    begun = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if begun is None:
        raise InvalidTransition("Begin with a new secret: open the page again.")
    _check([begun], code)
    with transaction.atomic():
        begun.confirmed = True
        begun.save(update_fields=["confirmed"])
        return _new_codes(user)


def check(user: User, code: str) -> Device:
    """The device that ``code`` is from; NotReady when it is none, or must wait."""
    return _check([*_devices(user)], code)


def renew_codes(user: User, code: str) -> list[str]:
    """New recovery codes for a right code; the old ones are void."""
    check(user, code)
    with transaction.atomic():
        return _new_codes(user)


def switch_off(user: User, code: str) -> None:
    """Switch the second factor off, which takes a code like signing in does."""
    check(user, code)
    _remove(user)


def reset(user: User, *, actor: Actor) -> None:
    """Switch it off for somebody who has lost everything: superusers only."""
    if actor.user is None or not actor.user.is_superuser:
        raise NotAllowed("Only a superuser resets somebody's second factor.")
    _remove(user)


@transaction.atomic
def _remove(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _devices(user: User) -> Iterable[Device]:
    yield from TOTPDevice.objects.filter(user=user, confirmed=True)
    yield from StaticDevice.objects.filter(user=user, confirmed=True)


def _check(devices: list[Device], code: str) -> Device:
    """The one of ``devices`` that takes ``code``. A wrong one makes the next attempt wait."""
    code = "".join(code.split()).lower()
    # Asked is only the device that codes of this look are from: a wrong guess counts once.
    kind = TOTPDevice if code.isdecimal() else StaticDevice
    refusal = WRONG
    with transaction.atomic():
        for asked in devices:
            if not isinstance(asked, kind):
                continue
            device = type(asked).objects.select_for_update().get(pk=asked.pk)
            allowed, _ = device.verify_is_allowed()
            if not allowed:
                refusal = "too many wrong codes: wait a little, then try again"
            elif device.verify_token(code):
                return device
    # Raised outside: the count of wrong codes must stay.
    raise NotReady([refusal])


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=CODES, confirmed=True)
    codes = [StaticToken.random_token() for _ in range(settings.RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes
