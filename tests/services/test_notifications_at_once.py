"""Several workers that want to send the same mails."""

from claims.services import notifications
from tests import factories


def test_a_mail_is_taken_by_one_worker(committed, at_once):
    pks = [factories.NotificationFactory().pk for _ in range(5)]
    taken = at_once(4, lambda _: [row.pk for row in notifications.claim_for_mail(pks)])
    assert sorted(pk for part in taken for pk in part) == pks
