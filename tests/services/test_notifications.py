"""Who is told of what, in the transaction of what happened; and mail, once at most."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from claims import tasks
from claims.choices import ClaimStage, MailTime, NotificationKind
from claims.models import Claim, Notification
from claims.services import (
    claims,
    comments,
    housekeeping,
    integrity,
    mailing,
    notifications,
    quotes,
)
from claims.services.actors import person
from claims.services.errors import NotAllowed, NotReady
from tests import factories

pytestmark = pytest.mark.django_db


class Away(EmailBackend):
    """A mail server that nobody reaches."""

    def open(self):
        raise ConnectionRefusedError("nobody listens")


class Broken(EmailBackend):
    """One that hangs up in the middle of a mail."""

    def send_messages(self, messages):
        raise SMTPException("connection lost")


def told() -> list[tuple[str, str]]:
    return list(Notification.objects.order_by("pk").values_list("user__username", "kind"))


@pytest.fixture
def claim(db):
    return factories.ClaimFactory(stage=ClaimStage.RESEARCHING)


# --- Who is told ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@checker can you look?", ["checker"]),
        ("Ask @CHECKER.", ["checker"]),  # a sentence's full stop is no part of the name
        ("@Editor please", ["editor"]),
        ("@checker and @Editor and @checker", ["checker", "editor"]),
        ("mail to anna@checker.example", []),  # an address calls nobody
        ("@nobody-here and @ alone", []),
        ("@reporter", []),  # oneself
        ("@gone", []),  # an account that is closed
    ],
)
def test_a_comment_tells_whom_it_calls(claim, reporter, checker, editor, text, called):
    factories.UserFactory(username="gone", is_active=False)
    comments.add_comment(claim, text=text, actor=person(reporter))
    assert sorted(told()) == [(name, "mention") for name in called]


def test_the_parts_of_a_comment_are_the_comment():
    text = "See @anna, not a@b.example; @Editor."
    parts = list(comments.parts(text))
    assert "".join(part for part, _ in parts) == text
    assert [part for part, calls in parts if calls] == ["@anna", "@Editor"]


def test_a_comment_needs_words_and_a_right(claim, checker, settings):
    with pytest.raises(NotReady):
        comments.add_comment(claim, text="  ", actor=person(checker))
    settings.COMMENT_MAX_CHARACTERS = 5
    with pytest.raises(NotReady, match="at most 5"):
        comments.add_comment(claim, text="too long", actor=person(checker))
    with pytest.raises(NotAllowed):
        comments.add_comment(claim, text="Hi", actor=person(factories.UserFactory()))


def test_who_may_not_know_of_a_claim_is_not_told_of_it(checker, reporter, editor):
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    comments.add_comment(claim, text="@reporter @editor", actor=person(checker))
    assert told() == [("editor", "mention")]


def test_an_assignment_is_told_to_whom_it_is_given(claim, checker, editor):
    claims.assign(claim, actor=person(editor), assignee=checker)
    claims.assign(claim, actor=person(editor), assignee=checker)
    assert told() == [("checker", "assigned")]
    claims.assign(claim, actor=person(editor), assignee=editor)
    assert len(told()) == 1


def test_a_submission_tells_those_who_may_approve_it_and_a_return_those_who_wrote(
    claim, checker, editor
):
    factories.EvidenceFactory(claim=claim)
    factories.VerdictFactory(claim=claim, author=checker)
    claims.submit(claim, actor=person(checker))
    assert told() == [("editor", "approval")]
    claims.send_back(claim, actor=person(editor), comment="Which month?")
    assert told()[1:] == [("checker", "returned")]
    assert "Which month?" in Notification.objects.latest("pk").text


def test_an_altered_quote_is_told_to_whoever_accepted_it(reporter):
    quote = factories.QuoteFactory()
    quotes.accept_as_new_claim(quote, actor=person(reporter), text="85% were inspected.")
    article = quote.article_version.article
    later = factories.ArticleVersionFactory(article=article, text="Nothing of it is left.")
    integrity.check_version(later)
    integrity.check_version(later)
    assert told() == [("reporter", "altered")]
    assert "dropped a quote that you accepted" in Notification.objects.get().text


def test_what_is_undone_is_told_to_nobody(claim, checker, editor):
    with transaction.atomic():
        claims.assign(claim, actor=person(editor), assignee=checker)
        assert told() == [("checker", "assigned")]
        transaction.set_rollback(True)
    assert told() == []


def test_news_is_read_one_by_one_or_all_at_once_and_only_by_its_own():
    rows = [factories.NotificationFactory() for _ in range(2)]
    user = rows[0].user
    rows.append(factories.NotificationFactory(user=user))
    assert notifications.mark_read(user, only=rows[1].pk) == 0
    assert notifications.mark_read(user, only=rows[0].pk) == 1
    assert notifications.mark_read(user) == 1
    assert notifications.unread(rows[1].user).count() == 1


def test_old_news_is_forgotten(settings):
    factories.NotificationFactory()
    old = factories.NotificationFactory()
    Notification.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=91))
    housekeeping.tidy_up()
    assert Notification.objects.count() == 1


# --- Mail -------------------------------------------------------------------------------------


def test_a_mention_is_mailed_at_once_and_once():
    row = factories.NotificationFactory(text="Mara mentions you: look.")
    for _ in range(2):
        tasks.send_mails()
    (sent,) = mail.outbox
    assert sent.to == [row.user.email]
    assert sent.subject == "Fact-check desk: Somebody mentions me"
    assert "Mara mentions you: look." in sent.body
    assert f"/admin/claims/claim/{row.claim_id}/change/" in sent.body
    row.refresh_from_db()
    assert row.mailed_at is not None


def test_the_daily_summary_is_one_mail_a_person():
    first = factories.NotificationFactory(kind=NotificationKind.ALTERED, text="One.")
    factories.NotificationFactory(kind=NotificationKind.ALTERED, user=first.user, text="Two.")
    factories.NotificationFactory(kind=NotificationKind.ALTERED, text="Three.")
    tasks.send_mails()
    assert mail.outbox == []
    for _ in range(2):
        tasks.send_daily_mails()
    assert sorted(len(sent.to) for sent in mail.outbox) == [1, 1]
    both = next(sent for sent in mail.outbox if sent.to == [first.user.email])
    assert both.subject == "Fact-check desk: 2 pieces of news"
    assert "One." in both.body
    assert "Two." in both.body


@pytest.mark.parametrize(
    ("choice", "at_once", "daily"),
    [(MailTime.AT_ONCE, 1, 0), (MailTime.DAILY, 0, 1), (MailTime.NEVER, 0, 0)],
)
@pytest.mark.parametrize("kind", list(NotificationKind))
def test_each_kind_is_mailed_as_its_reader_chose(choice, at_once, daily, kind):
    row = factories.NotificationFactory(kind=kind)
    notifications.choose(row.user, {kind: choice})
    assert (mailing.send_due(), mailing.send_daily()) == (at_once, daily)


@pytest.mark.parametrize("why", ["read", "no address", "left", "too old"])
def test_no_mail_is_sent(why):
    row = factories.NotificationFactory()
    if why == "read":
        notifications.mark_read(row.user)
    elif why == "no address":
        type(row.user).objects.update(email="")
    elif why == "left":
        type(row.user).objects.update(is_active=False)
    else:
        Notification.objects.update(created_at=timezone.now() - timedelta(hours=49))
    assert mailing.send_due() == 0
    assert mail.outbox == []


def test_while_the_server_is_away_nothing_is_claimed(settings):
    row = factories.NotificationFactory()
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.services.test_notifications.Away"
    assert mailing.send_due() == 0
    row.refresh_from_db()
    assert row.mailed_at is None
    settings.EMAIL_BACKEND = usual
    assert mailing.send_due() == 1


def test_a_mail_that_may_have_left_is_not_sent_again(settings):
    row = factories.NotificationFactory()
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.services.test_notifications.Broken"
    assert mailing.send_due() == 0
    settings.EMAIL_BACKEND = usual
    assert mailing.send_due() == 0
    row.refresh_from_db()
    assert row.mailed_at is not None


def test_a_hostile_text_makes_no_header():
    factories.NotificationFactory(
        claim=factories.ClaimFactory(text="A\nBcc: all@desk.example"), text="Hi\r\nBcc: x@y.example"
    )
    assert mailing.send_due() == 1
    assert mail.outbox[0].recipients() == mail.outbox[0].to
    assert Claim.objects.count() == 1
