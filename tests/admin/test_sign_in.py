"""Signing in: lockout, a second factor, sessions that end."""

import time
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from factcheck.clients import address
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN, HOME, OWN = reverse("admin:login"), reverse("admin:index"), reverse("admin:two_factor")
PASSWORD = "a-long-pass-word-of-the-tests"


@pytest.fixture
def anna(reporter) -> User:
    reporter.set_password(PASSWORD)
    reporter.save()
    return reporter


def sign_in_as(user, password=PASSWORD, code="", **extra):
    client = Client(**extra)
    answer = client.post(
        LOGIN, {"username": user.username, "password": password, "code": code, "next": HOME}
    )
    return client, answer


def is_signed_in(client) -> bool:
    return client.get(HOME).status_code == 200


def code_of(device, *, steps: int = 0) -> str:
    totp = TOTP(device.bin_key)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


def switched_on(client, user) -> list[str]:
    """Switch the second factor on as a person does, and return the recovery codes."""
    client.get(OWN)
    device = TOTPDevice.objects.get(user=user)
    page = client.post(OWN, {"act": "confirm", "code": code_of(device)})
    return page.context["codes"]


def test_wrong_passwords_lock_the_pair_of_name_and_address_out(anna, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        _, answer = sign_in_as(anna, "wrong")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == settings.AXES_COOLOFF_TIME.total_seconds()
    assert "Too many wrong passwords" in answer.content.decode()
    client, answer = sign_in_as(anna)
    assert answer.status_code == 429
    assert not is_signed_in(client)
    elsewhere, _ = sign_in_as(anna, REMOTE_ADDR="192.0.2.9")
    assert is_signed_in(elsewhere)


def test_a_lockout_ends_by_itself(anna, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in_as(anna, "wrong")
    later = settings.AXES_COOLOFF_TIME + timedelta(seconds=1)
    with time_machine.travel(time.time() + later.total_seconds()):
        client, _ = sign_in_as(anna)
        assert is_signed_in(client)


def test_fewer_wrong_passwords_are_forgotten_with_a_right_one(anna, settings):
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            sign_in_as(anna, "wrong")
        client, _ = sign_in_as(anna)
        assert is_signed_in(client)


def test_an_administrator_unlocks_and_an_editor_may_not(
    anna, administrator, editor, sign_in, settings
):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in_as(anna, "wrong")
    path = reverse("admin:axes_accessattempt_changelist")
    chosen = {"action": "unlock", "_selected_action": [AccessAttempt.objects.get().pk]}
    assert sign_in(editor).post(path, chosen).status_code == 403
    assert sign_in(administrator).post(path, chosen).status_code == 302
    client, _ = sign_in_as(anna)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.4", "192.0.2.1"),  # nobody of ours wrote it
        (1, "198.51.100.4", "198.51.100.4"),
        (1, "6.6.6.6, 198.51.100.4", "198.51.100.4"),  # the client wrote the first
        (2, "198.51.100.4, 10.0.0.1", "198.51.100.4"),
        (2, "198.51.100.4", "192.0.2.1"),  # past a proxy: not believed
        (1, "'; drop table", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_is_what_the_last_proxies_of_ours_say(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert address(request) == expected


def test_a_socket_has_no_address():
    assert address(RequestFactory().get("/", REMOTE_ADDR="")) is None


@pytest.mark.parametrize("weak", ["short-one", "password1234", "123456789012", "minna-aalto-1"])
def test_weak_passwords_are_refused(weak):
    user = User(username="minna", first_name="Minna", last_name="Aalto", email="minna-aalto@x.org")
    with pytest.raises(ValidationError):
        validate_password(weak, user)


def test_the_second_factor_is_asked_for_once_it_is_on(anna):
    client, _ = sign_in_as(anna)
    page = client.get(OWN).content.decode()
    assert "<svg" in page
    codes = switched_on(client, anna)
    assert len(set(codes)) == 10
    assert codes[0] not in client.get(OWN).content.decode()
    device = TOTPDevice.objects.get(user=anna)
    assert not is_signed_in(sign_in_as(anna)[0])
    assert is_signed_in(sign_in_as(anna, code=code_of(device, steps=1))[0])
    # Each code is good once.
    assert not is_signed_in(sign_in_as(anna, code=code_of(device, steps=1))[0])


def test_a_recovery_code_signs_in_once(anna):
    client, _ = sign_in_as(anna)
    codes = switched_on(client, anna)
    assert is_signed_in(sign_in_as(anna, code=codes[0].upper())[0])
    assert not is_signed_in(sign_in_as(anna, code=codes[0])[0])


def test_guessed_codes_have_to_wait(anna):
    client, _ = sign_in_as(anna)
    switched_on(client, anna)
    device = TOTPDevice.objects.get(user=anna)
    _, answer = sign_in_as(anna, code="000000")
    assert "not right" in answer.content.decode()
    _, answer = sign_in_as(anna, code=code_of(device, steps=1))
    assert "wait" in answer.content.decode()


def test_a_code_without_the_password_is_nothing(anna):
    client, _ = sign_in_as(anna)
    codes = switched_on(client, anna)
    assert not is_signed_in(sign_in_as(anna, "wrong", code=codes[0])[0])
    assert is_signed_in(sign_in_as(anna, code=codes[0])[0])


def test_somebody_elses_code_is_nothing(anna, checker):
    checker.set_password(PASSWORD)
    checker.save()
    codes = switched_on(sign_in_as(anna)[0], anna)
    switched_on(sign_in_as(checker)[0], checker)
    assert not is_signed_in(sign_in_as(checker, code=codes[0])[0])


def test_switching_off_takes_a_code(anna):
    client, _ = sign_in_as(anna)
    codes = switched_on(client, anna)
    client.post(OWN, {"act": "switch_off", "code": "wrong-code"})
    assert TOTPDevice.objects.filter(user=anna).exists()
    with time_machine.travel(time.time() + 60):
        client.post(OWN, {"act": "switch_off", "code": codes[0]})
    assert not TOTPDevice.objects.filter(user=anna).exists()
    assert is_signed_in(sign_in_as(anna)[0])


def test_new_recovery_codes_void_the_old(anna):
    client, _ = sign_in_as(anna)
    old = switched_on(client, anna)
    new = client.post(OWN, {"act": "renew", "code": old[0]}).context["codes"]
    assert not set(old) & set(new)
    assert not is_signed_in(sign_in_as(anna, code=old[1])[0])


def test_a_superuser_resets_what_was_lost_and_nobody_else(anna, root, administrator, sign_in):
    switched_on(sign_in_as(anna)[0], anna)
    path = reverse("admin:two_factor_reset", args=[anna.pk])
    assert sign_in(administrator).post(path).status_code == 403
    assert sign_in(root).get(path).status_code == 405
    assert sign_in(root).post(path).status_code == 302
    assert is_signed_in(sign_in_as(anna)[0])
    history = sign_in(root).get(reverse("admin:auth_user_history", args=[anna.pk]))
    assert "Two-factor sign-in was reset" in history.content.decode()


def test_a_session_ends_when_nobody_uses_it(anna, settings):
    client, _ = sign_in_as(anna)
    assert is_signed_in(client)
    begun = time.time()
    with time_machine.travel(begun + settings.SESSION_IDLE_SECONDS - 5):
        assert is_signed_in(client)
    with time_machine.travel(begun + 2 * settings.SESSION_IDLE_SECONDS - 10):
        assert is_signed_in(client)
    with time_machine.travel(begun + 3 * settings.SESSION_IDLE_SECONDS):
        assert not is_signed_in(client)


def test_a_session_ends_after_its_hours_however_busy(anna, settings):
    settings.SESSION_IDLE_SECONDS = settings.SESSION_COOKIE_AGE
    client, _ = sign_in_as(anna)
    assert is_signed_in(client)
    begun = time.time()
    with time_machine.travel(begun + settings.SESSION_COOKIE_AGE / 2):
        assert is_signed_in(client)
    with time_machine.travel(begun + settings.SESSION_COOKIE_AGE + 1):
        assert not is_signed_in(client)


def test_pages_carry_a_policy_without_inline_scripts(anna, sign_in):
    for answer in (Client().get(LOGIN), sign_in(anna).get(HOME)):
        policy = dict(
            part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
        )
        assert policy["script-src"] == "'self' 'unsafe-eval'"
        assert policy["default-src"] == policy["frame-ancestors"] == "'none'"


def test_a_sign_in_form_says_nothing_about_who_exists(anna):
    unknown = factories.UserFactory.build(username="nobody")
    texts = []
    for user in (anna, unknown):
        html = sign_in_as(user, "wrong")[1].context["form"].non_field_errors()
        texts.append(str(html))
    assert texts[0] == texts[1]
