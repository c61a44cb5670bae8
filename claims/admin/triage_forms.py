"""What is filled in on the triage page: filters of the queue, and corrections of a candidate."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import QueryDict
from unfold.widgets import UnfoldAdminTextInputWidget

from claims.admin.quote_forms import DECISIONS, DecisionForm
from claims.choices import QuoteKind, SpeakerKind
from claims.models import Source, Speaker, Topic
from claims.models.speaker import NAME_LENGTH
from claims.services import quotes as quote_service
from claims.services import speakers as speaker_service
from claims.services.actors import Actor
from claims.services.queue import Wanted

KINDS = [("", "Any kind"), *QuoteKind.choices]


class FilterForm(forms.Form):
    """The filters as they stand in the address. What is not understood asks for nothing."""

    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, label="Outlet", widget=forms.HiddenInput
    )
    speaker = forms.ModelChoiceField(
        Speaker.objects.current(), required=False, widget=forms.HiddenInput
    )
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False)
    kind = forms.ChoiceField(choices=KINDS, required=False)
    since = forms.DateField(
        required=False, label="Came out since", widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        required=False, label="Came out until", widget=forms.DateInput({"type": "date"})
    )
    unresolved = forms.BooleanField(required=False, label="Speaker not known")
    altered = forms.BooleanField(required=False, label="Altered by the outlet since")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="id_filter_%s")
        self.is_valid()
        self.chosen: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if value
        }

    def wanted(self) -> Wanted:
        """The filters, as the service knows them."""
        keys = {
            name: value.pk if hasattr(value, "pk") else value for name, value in self.chosen.items()
        }
        return Wanted(**keys)

    def query(self, *, but: str = "") -> str:
        """The filters as a query, in one form whoever wrote it; without the filter ``but``."""
        return urlencode(
            {
                name: value.pk
                if hasattr(value, "pk")
                else "on"
                if value is True
                else value.isoformat()
                if hasattr(value, "isoformat")
                else value
                for name, value in self.chosen.items()
                if name != but
            }
        )

    def chips(self) -> list[tuple[str, str]]:
        """Each filter in words, with the query that is without it."""
        return [(self._in_words(name), self.query(but=name)) for name in self.chosen]

    def _in_words(self, name: str) -> str:
        label, value = str(self.fields[name].label or name), self.chosen[name]
        if value is True:
            return label
        if name == "kind":
            return str(QuoteKind(value).label)
        shown = f"{value:%-d %B %Y}" if hasattr(value, "isoformat") else str(value)
        return f"{label.replace('_', ' ').capitalize()}: {shown}"


class SpanForm(DecisionForm):
    """Other ends of the quotation, as characters of the article."""

    name, title, submit = "span", "Where it begins and ends", "Use this span"
    onward = False

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def decide(self, actor: Actor) -> str:
        quote_service.fix_span(
            self.quote,
            actor=actor,
            start=self.cleaned_data["start"],
            end=self.cleaned_data["end"],
            expected_version=self.cleaned_data["version"],
        )
        return "The quote begins and ends there now."


class NewSpeakerForm(DecisionForm):
    """Somebody who is not on the record yet."""

    name, title, submit = "new_speaker", "New speaker", "Add speaker"
    onward = False

    full_name = forms.CharField(
        label="Full name", max_length=NAME_LENGTH, widget=UnfoldAdminTextInputWidget
    )
    kind = forms.ChoiceField(choices=SpeakerKind.choices, initial=SpeakerKind.PERSON)
    description = forms.CharField(
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text="A few words that tell namesakes apart.",
    )
    everywhere = forms.BooleanField(required=False, label="For all of this name in the article")

    def first_values(self) -> dict[str, Any]:
        return {"full_name": self.quote.suggested_name, "kind": SpeakerKind.PERSON}

    @transaction.atomic
    def decide(self, actor: Actor) -> str:
        made = speaker_service.create_speaker(
            self.cleaned_data["full_name"],
            actor=actor,
            kind=self.cleaned_data["kind"],
            description=self.cleaned_data["description"],
        )
        give = (
            quote_service.set_speaker_of_name
            if self.cleaned_data["everywhere"]
            else quote_service.set_speaker
        )
        give(
            self.quote,
            actor=actor,
            speaker=made,
            expected_version=self.cleaned_data["version"],
        )
        return f"{made} is on the record now, and the speaker."


FORMS: dict[str, type[DecisionForm]] = {
    **DECISIONS,
    SpanForm.name: SpanForm,
    NewSpeakerForm.name: NewSpeakerForm,
}
