"""What an editor fills in to decide on a quote. Each form ends in one call of a service."""

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models, transaction
from django.urls import reverse
from django.utils.html import format_html
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from claims.admin.locking import as_posted
from claims.choices import RejectReason, Stance
from claims.models import Appearance, Claim, Quote, Speaker
from claims.selectors import visible_claims
from claims.services import quotes as quote_service
from claims.services.actors import Actor
from claims.services.locking import lock
from claims.services.prefilling import prefilled_claim


def autocomplete(model: type[models.Model], field: str) -> AutocompleteSelect:
    """The admin's own search box for a foreign key."""
    return AutocompleteSelect(model._meta.get_field(field), admin.site)


class DecisionForm(forms.Form):
    """One decision on one quote, made on the version that was on the screen."""

    name: ClassVar[str]
    title: ClassVar[str]
    submit: ClassVar[str]
    onward: ClassVar[bool] = True
    """Whether the next candidate comes after it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, quote: Quote, viewer: Any) -> None:
        self.quote = quote
        super().__init__(
            data,
            auto_id=f"id_{self.name}_%s",
            initial={"version": quote.version, **self.first_values()},
        )

    def first_values(self) -> dict[str, Any]:
        return {}

    @abstractmethod
    def decide(self, actor: Actor) -> str:
        """Do it, and say in a sentence what was done. Raises DeskError when refused."""

    def goes_on_from(self, quote: Quote) -> None:
        """Make the next attempt one on the quote as it is now; what was typed stays."""
        self.data = data = as_posted(self.data)
        data["version"] = str(quote.version)


def stance_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=Stance.choices,
        initial=Stance.ASSERTS,
        widget=UnfoldAdminSelectWidget,
        help_text="What the speaker does with the claim.",
    )


class NewClaimForm(DecisionForm):
    name, title, submit = "new_claim", "Accept as a new claim", "Accept as new claim"

    text = forms.CharField(
        label="Claim",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="One sentence that stands alone: names for “we”, dates for “this week”.",
    )
    stance = stance_field()

    def first_values(self) -> dict[str, Any]:
        return {"text": prefilled_claim(self.quote)}

    def decide(self, actor: Actor) -> str:
        claim = quote_service.accept_as_new_claim(
            self.quote,
            actor=actor,
            text=self.cleaned_data["text"],
            stance=self.cleaned_data["stance"],
            expected_version=self.cleaned_data["version"],
        )
        return format_html("Accepted. The new claim is “{}”.", claim_link(claim))


class AppearanceForm(DecisionForm):
    name, title, submit = "appearance", "Accept as a claim we have", "Accept for this claim"

    claim = forms.ModelChoiceField(
        queryset=Claim.objects.none(),
        help_text="Type words of the claim; its verdict stays its own.",
    )
    stance = stance_field()

    def __init__(self, data: Any = None, *, quote: Quote, viewer: Any) -> None:
        super().__init__(data, quote=quote, viewer=viewer)
        field: Any = self.fields["claim"]
        field.queryset = visible_claims(viewer)
        field.widget = autocomplete(Appearance, "claim")
        field.widget.choices = field.choices

    def decide(self, actor: Actor) -> str:
        claim = self.cleaned_data["claim"]
        quote_service.accept_as_appearance(
            self.quote,
            actor=actor,
            claim=claim,
            stance=self.cleaned_data["stance"],
            expected_version=self.cleaned_data["version"],
        )
        return format_html("Accepted as another appearance of “{}”.", claim_link(claim))


class RejectForm(DecisionForm):
    name, title, submit = "reject", "Reject", "Reject"

    reason_code = forms.ChoiceField(
        label="Reason", choices=RejectReason.choices, widget=UnfoldAdminRadioSelectWidget
    )
    comment = forms.CharField(required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}))

    def decide(self, actor: Actor) -> str:
        quote_service.reject(
            self.quote,
            actor=actor,
            reason_code=self.cleaned_data["reason_code"],
            comment=self.cleaned_data["comment"],
            expected_version=self.cleaned_data["version"],
        )
        return f"Rejected: {RejectReason(self.cleaned_data['reason_code']).label.lower()}."


class ReopenForm(DecisionForm):
    name, title, submit = "reopen", "Reopen", "Make it a candidate again"
    onward = False

    comment = forms.CharField(required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}))

    @transaction.atomic
    def decide(self, actor: Actor) -> str:
        quote = lock(self.quote, expected_version=self.cleaned_data["version"])
        quote_service.reopen(quote, actor=actor, comment=self.cleaned_data["comment"])
        return "A candidate again. Its appearances were dismissed; claims made of it stay."


class SpeakerForm(DecisionForm):
    """Who said it: one of the candidates by a press of its button, or anybody by search."""

    name, title, submit = "speaker", "Who said it", "Save speaker"
    onward = False

    speaker = forms.ModelChoiceField(queryset=Speaker.objects.current(), required=False)
    choose = forms.ModelChoiceField(
        queryset=Speaker.objects.current(), required=False, widget=forms.HiddenInput
    )
    role = forms.CharField(
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text="As the article gives it.",
    )
    everywhere = forms.BooleanField(required=False, label="For all of this name in the article")

    def __init__(self, data: Any = None, *, quote: Quote, viewer: Any) -> None:
        super().__init__(data, quote=quote, viewer=viewer)
        field = self.fields["speaker"]
        field.widget = autocomplete(Quote, "speaker")
        field.widget.choices = field.choices  # type: ignore[attr-defined]

    def first_values(self) -> dict[str, Any]:
        return {"speaker": self.quote.speaker_id, "role": self.quote.role}

    def decide(self, actor: Actor) -> str:
        speaker = self.cleaned_data["choose"] or self.cleaned_data["speaker"]
        values = {
            "actor": actor,
            "speaker": speaker,
            "role": self.cleaned_data["role"],
            "expected_version": self.cleaned_data["version"],
        }
        said = f"The speaker is {speaker}." if speaker else "The speaker is left open."
        if not self.cleaned_data["everywhere"]:
            quote_service.set_speaker(self.quote, **values)
            return said
        changed = len(quote_service.set_speaker_of_name(self.quote, **values))
        return f"{said[:-1]}, of {changed} quote{'' if changed == 1 else 's'}."


DECISIONS: dict[str, type[DecisionForm]] = {
    form.name: form for form in (NewClaimForm, AppearanceForm, RejectForm, ReopenForm, SpeakerForm)
}


def claim_link(claim: Claim) -> str:
    """The claim's sentence, as a link to its page."""
    return format_html(
        '<a href="{}" class="underline">{}</a>',
        reverse("admin:claims_claim_change", args=[claim.pk]),
        str(claim),
    )
