"""What is done to the parts of a claim. Each form ends in one call of a service."""

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from claims import tasks
from claims.choices import MatchState, Stance
from claims.models import Claim, ClaimLink, Speaker
from claims.selectors import visible
from claims.services import appearances, claims, comments, evidence, links, replies
from claims.services.actors import Actor


class ActForm(forms.Form):
    """One act on a claim, or on one of its parts (``row``)."""

    name: ClassVar[str]
    title: ClassVar[str]
    submit: ClassVar[str]
    anchor: ClassVar[str]
    """Where on the claim's page its result is seen."""
    permission: ClassVar[str]

    def __init__(self, data: Any = None, *, claim: Claim, row: Any, viewer: Any) -> None:
        self.claim, self.row, self.viewer = claim, row, viewer
        super().__init__(data, auto_id=f"id_{self.name}_{row.pk if row else ''}%s")
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the claim and on who looks."""

    @classmethod
    def rows(cls, claim: Claim, viewer: Any) -> Any:
        """The rows of the claim that this is done to; None when it is the claim itself."""
        return None

    @abstractmethod
    def act(self, actor: Actor) -> str:
        """Do it, and say in a sentence what was done. Raises DeskError when refused."""


class AssignForm(ActForm):
    name, title, submit, anchor = "assign", "Assign", "Assign", "moves"
    permission = "claims.research_claim"

    version = forms.IntegerField(widget=forms.HiddenInput)
    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        widget=UnfoldAdminSelectWidget,
    )

    def prepare(self) -> None:
        field: Any = self.fields["assignee"]
        field.queryset = claims.researchers()
        field.label_from_instance = lambda user: user.get_full_name() or user.username
        self.initial = {"assignee": self.claim.assignee_id, "version": self.claim.version}

    def act(self, actor: Actor) -> str:
        assignee = self.cleaned_data["assignee"]
        claims.assign(
            self.claim,
            actor=actor,
            assignee=assignee,
            expected_version=self.cleaned_data["version"],
        )
        return f"Assigned to {assignee}." if assignee else "Nobody is assigned any more."


class CommentForm(ActForm):
    name, title, submit, anchor = "comment", "Comment", "Comment", "comments"
    permission = comments.COMMENT

    text = forms.CharField(
        label="Comment",
        help_text="@name tells a colleague, @Editor everybody of a role.",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def act(self, actor: Actor) -> str:
        comments.add_comment(self.claim, text=self.cleaned_data["text"], actor=actor)
        return "Your comment stands below."


class AskForm(ActForm):
    name, title, submit, anchor = "ask", "Ask for a reply", "Put on record", "replies"
    permission = replies.ASK

    asked = forms.CharField(
        label="Who was asked, and how?",
        max_length=300,
        help_text="Such as: press office of the ministry, by e-mail.",
        widget=UnfoldAdminTextInputWidget,
    )
    speaker = forms.ModelChoiceField(
        label="Speaker of the record",
        queryset=Speaker.objects.none(),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    asked_at = forms.SplitDateTimeField(label="Asked at", widget=UnfoldAdminSplitDateTimeWidget)
    deadline = forms.SplitDateTimeField(required=False, widget=UnfoldAdminSplitDateTimeWidget)

    def prepare(self) -> None:
        field: Any = self.fields["speaker"]
        said = self.claim.appearances.exclude(state=MatchState.DISMISSED)
        field.queryset = Speaker.objects.filter(quotes__appearances__in=said).distinct()
        self.initial = {"asked_at": timezone.now().replace(second=0, microsecond=0)}

    def act(self, actor: Actor) -> str:
        replies.ask(self.claim, actor=actor, **self.cleaned_data)
        return "Put on record: a reply was asked for."


class AnswerForm(ActForm):
    name, title, submit, anchor = "answer", "Record the answer", "Record the answer", "replies"
    permission = replies.ANSWER

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        help_text="In their own words.", widget=UnfoldAdminTextareaWidget(attrs={"rows": 4})
    )

    def prepare(self) -> None:
        self.initial = {"answer": self.row.answer, "version": self.row.version}

    @classmethod
    def rows(cls, claim: Claim, viewer: Any) -> Any:
        return claim.reply_requests.all()

    def act(self, actor: Actor) -> str:
        replies.record_answer(
            self.row,
            actor=actor,
            answer=self.cleaned_data["answer"],
            expected_version=self.cleaned_data["version"],
        )
        return "The answer is on record."


class ConfirmForm(ActForm):
    name, title, submit = "confirm", "Confirm the appearance", "Confirm"
    anchor, permission = "appearances", appearances.JUDGE

    version = forms.IntegerField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(choices=Stance.choices, widget=UnfoldAdminSelectWidget)

    def prepare(self) -> None:
        self.initial = {"stance": self.row.stance, "version": self.row.version}

    @classmethod
    def rows(cls, claim: Claim, viewer: Any) -> Any:
        return claim.appearances.select_related("quote", "claim")

    def act(self, actor: Actor) -> str:
        appearances.confirm(
            self.row,
            actor=actor,
            stance=self.cleaned_data["stance"],
            expected_version=self.cleaned_data["version"],
        )
        return "Confirmed. No verdict is carried over by it."


class DismissForm(ActForm):
    name, title, submit = "dismiss", "Dismiss the appearance", "Dismiss"
    anchor, permission = "appearances", appearances.JUDGE

    version = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.initial = {"version": self.row.version}

    @classmethod
    def rows(cls, claim: Claim, viewer: Any) -> Any:
        return claim.appearances.select_related("quote")

    def act(self, actor: Actor) -> str:
        appearances.dismiss(self.row, actor=actor, expected_version=self.cleaned_data["version"])
        return "Dismissed: the quote does not voice this claim."


class LinkForm(ActForm):
    """A suggested link, confirmed or refused."""

    anchor, permission = "links", links.JUDGE

    @classmethod
    def rows(cls, claim: Claim, viewer: Any) -> Any:
        of_claim = ClaimLink.objects.filter(Q(from_claim=claim) | Q(to_claim=claim))
        return visible(of_claim, viewer)


class ConfirmLinkForm(LinkForm):
    name, title, submit = "confirm-link", "Confirm the link", "Confirm"

    def act(self, actor: Actor) -> str:
        links.confirm(self.row, actor=actor)
        return "The link is confirmed."


class DismissLinkForm(LinkForm):
    name, title, submit = "dismiss-link", "Dismiss the link", "Dismiss"

    def act(self, actor: Actor) -> str:
        links.dismiss(self.row, actor=actor)
        return "Dismissed: it is not suggested again."


class SuggestLinksForm(ActForm):
    name, title, submit = "suggest-links", "Look for contradictions", "Look for contradictions"
    anchor, permission = "links", links.JUDGE

    def act(self, actor: Actor) -> str:
        links.suggest_links(self.claim)
        of_claim = Q(from_claim=self.claim) | Q(to_claim=self.claim)
        open_ones = ClaimLink.objects.filter(of_claim, state=MatchState.SUGGESTED)
        number = visible(open_ones, self.viewer).count()
        return f"Suggested links: {number}." if number else "No opposing statement was found."


class CopyForm(ActForm):
    name, title, submit, anchor = "copy", "Archive a copy", "Archive a copy", "evidence"
    permission = evidence.GATHER

    @classmethod
    def rows(cls, claim: Claim, viewer: Any) -> Any:
        return visible(claim.evidence.all(), viewer)

    def act(self, actor: Actor) -> str:
        fetch = evidence.request_copy(self.row, actor=actor)
        tasks.ring_fetches([fetch.pk])
        return "The document is being fetched."


ACTS: dict[str, type[ActForm]] = {
    form.name: form
    for form in (
        AssignForm,
        CommentForm,
        AskForm,
        AnswerForm,
        ConfirmForm,
        DismissForm,
        ConfirmLinkForm,
        DismissLinkForm,
        SuggestLinksForm,
        CopyForm,
    )
}
