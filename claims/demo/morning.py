"""A morning's work of three colleagues on the bundled articles, through the desk's services.

What the demo's desk shows besides candidates: a claim that was checked and published, one that
contradicts it and waits for approval, one that is being researched, one that is new.
"""

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.utils import timezone

from claims.choices import (
    ClaimRelation,
    EvidenceKind,
    EvidenceStance,
    RejectReason,
    Stance,
)
from claims.demo.acting import acting
from claims.models import Claim, Evidence, Quote, Rating, Topic
from claims.selectors import candidates
from claims.services import claims, comments, drafts, links, publishing, quotes, replies
from claims.services.actors import Actor, job, person

COLLEAGUES = {"rosa": "Reporter", "chen": "Checker", "edith": "Editor"}


def shown_before() -> bool:
    """Whether an earlier demo has worked through the morning."""
    return User.objects.filter(username__in=COLLEAGUES).exists()


def work() -> list[Claim]:
    """Do the morning's work and return its claims; what the engine did not find is left out."""
    with acting(job("demo")):
        reporter, checker, editor = [person(_colleague(*each)) for each in COLLEAGUES.items()]
    for words, reason in (
        ("the cure for waiting lists", RejectReason.NOT_CHECKABLE),
        ("walked those dykes in the dark", RejectReason.NOT_RELEVANT),
    ):
        if quote := _candidate(words):
            with acting(reporter):
                quotes.reject(quote, actor=reporter, reason_code=reason)
    made = [
        _dykes_said(reporter, checker, editor),
        _dykes_found(reporter, checker),
        _waiting_list(reporter, checker),
        _strike(reporter),
    ]
    said, found = made[:2]
    if said and found:
        with acting(checker):
            links.link(found, said, relation=ClaimRelation.CONTRADICTS, actor=checker)
    pks = [claim.pk for claim in made if claim is not None]
    return list(Claim.objects.filter(pk__in=pks).order_by("pk"))


def _colleague(name: str, role: str) -> User:
    """Somebody of the role who cannot sign in: the demo's own login opens everything."""
    user = User.objects.create_user(name, first_name=name.capitalize(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def _candidate(words: str) -> Quote | None:
    return candidates().filter(text__contains=words).order_by("pk").first()


def _claim(words: str, text: str, topic: str, reporter: Actor) -> Claim | None:
    quote = _candidate(words)
    if quote is None:
        return None
    with acting(reporter):
        claim = quotes.accept_as_new_claim(quote, actor=reporter, text=text)
        about, _ = Topic.objects.get_or_create(slug=topic.lower(), defaults={"name": topic})
        claim.topics.add(about)
    return claim


def _another(claim: Claim, words: str, reporter: Actor, stance: Stance = Stance.ASSERTS) -> None:
    if quote := _candidate(words):
        with acting(reporter):
            quotes.accept_as_appearance(quote, actor=reporter, claim=claim, stance=stance)


def _dykes_said(reporter: Actor, checker: Actor, editor: Actor) -> Claim | None:
    """Asserted twice, denied once, checked, published, and asserted again."""
    claim = _claim(
        "85% of the dykes along the lower river had been inspected",
        "By 12 March 2026, 85% of the dykes on the lower Senn had been inspected since the "
        "January floods.",
        "Dykes",
        reporter,
    )
    if claim is None:
        return None
    _another(claim, "Only 58% of the dykes", reporter, Stance.DENIES)
    _another(claim, "left out drone surveys", reporter)
    with acting(checker):
        _research_what_was_said(claim, checker)
    with acting(editor):
        publishing.approve(claim, actor=editor)
    _another(claim, "The figure of 85% stands", reporter)
    return claim


def _research_what_was_said(claim: Claim, checker: Actor) -> None:
    claims.start_research(claim, actor=checker)
    _evidence(
        claim,
        checker,
        title="Register of dyke inspections, Audit Chamber, March 2026",
        stance=EvidenceStance.REFUTES,
        kind=EvidenceKind.PRIMARY,
        excerpt="Sections signed off after 14 January 2026: 180 of 310 kilometres.",
    )
    _evidence(
        claim,
        checker,
        title="Rules for the inspection of flood defences, article 9",
        stance=EvidenceStance.CONTEXT,
        kind=EvidenceKind.PRIMARY,
        excerpt="A survey from the air does not replace the inspection on foot.",
    )
    asked = replies.ask(
        claim,
        actor=checker,
        asked="Anton Lisle, spokesman of the water ministry, by e-mail",
        asked_at=timezone.now() - timedelta(days=2),
    )
    replies.record_answer(
        asked, actor=checker, answer="The Chamber counted only what had been signed off on paper."
    )
    comments.add_comment(
        claim,
        actor=checker,
        text="@edith the 85% need the drone surveys; article 9 rules them out.",
    )
    _draft(
        claim,
        checker,
        rating="False",
        summary="The register shows 58%. The ministry reaches 85% by counting surveys from the "
        "air, which its own rules do not accept.",
        explanation="By 12 March, 180 of the 310 kilometres had been signed off after the "
        "floods. The ministry adds 83 kilometres that drones had filmed.",
    )
    claims.submit(claim, actor=checker)


def _dykes_found(reporter: Actor, checker: Actor) -> Claim | None:
    claim = _claim(
        "the true figure is 58%",
        "By 16 March 2026, 58% of the dykes on the lower Senn had been inspected since the "
        "January floods.",
        "Dykes",
        reporter,
    )
    if claim is None:
        return None
    with acting(checker):
        claims.start_research(claim, actor=checker)
        _evidence(
            claim,
            checker,
            title="Register of dyke inspections, Audit Chamber, March 2026",
            stance=EvidenceStance.SUPPORTS,
            kind=EvidenceKind.PRIMARY,
            excerpt="Sections signed off after 14 January 2026: 180 of 310 kilometres.",
        )
        _draft(
            claim,
            checker,
            rating="True",
            summary="180 of 310 kilometres are 58%.",
            explanation="Counted in the register, section by section.",
        )
        return claims.submit(claim, actor=checker)


def _waiting_list(reporter: Actor, checker: Actor) -> Claim | None:
    claim = _claim(
        "waiting for an operation at Haverness General is 63,000",
        "In April 2026, 63,000 people were waiting for an operation at Haverness General Hospital.",
        "Hospitals",
        reporter,
    )
    if claim is None:
        return None
    with acting(checker):
        claims.assign(claim, actor=checker, assignee=checker.user)
        claim.refresh_from_db()
        claims.start_research(claim, actor=checker)
        comments.add_comment(
            claim, actor=checker, text="The ministry counts patients with a date, the surgeon all."
        )
        replies.ask(
            claim,
            actor=checker,
            asked="Press office of the Ministry of Health, by telephone",
            deadline=timezone.now() + timedelta(days=3),
        )
    return claim


def _strike(reporter: Actor) -> Claim | None:
    claim = _claim(
        "4,800 workers have taken part",
        "4,800 workers took part in the strike at the port of Haverness that began on "
        "13 April 2026.",
        "Labour",
        reporter,
    )
    if claim:
        _another(claim, "4,800 workers have taken part", reporter)
    return claim


def _evidence(
    claim: Claim,
    checker: Actor,
    *,
    title: str,
    stance: EvidenceStance,
    kind: EvidenceKind,
    excerpt: str,
) -> None:
    Evidence.objects.create(
        claim=claim,
        title=title,
        stance=stance,
        kind=kind,
        excerpt=excerpt,
        added_by=checker.user,
        accessed_at=timezone.now(),
    )


def _draft(claim: Claim, checker: Actor, *, rating: str, summary: str, explanation: str) -> None:
    draft = drafts.start_draft(claim, actor=checker)
    changes = {
        "rating": Rating.objects.filter(label=rating).first(),
        "summary": summary,
        "explanation": explanation,
        "valid_as_of": timezone.localdate(),
    }
    drafts.save_draft(draft, actor=checker, changes=changes)
