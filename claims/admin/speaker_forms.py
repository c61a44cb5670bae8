"""What is asked when speakers are merged, split off or found for a name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from claims.choices import SpeakerKind
from claims.models import Quote, Speaker, SpeakerAlias
from claims.models.speaker import NAME_LENGTH

KEEP_THIS, KEEP_OTHER = "this", "other"
EXISTING, NEW, OPEN = "existing", "new", "open"


def speaker_field(**options: Any) -> Any:
    """A speaker in use, found by typing any of its names."""
    field: Any = forms.ModelChoiceField(queryset=Speaker.objects.current(), **options)
    field.widget = AutocompleteSelect(Quote._meta.get_field("speaker"), admin.site)
    field.widget.choices = field.choices
    return field


class MergeForm(forms.Form):
    """Which two, and which of them stays."""

    other = speaker_field(label="The other speaker", help_text="Type a name; aliases count.")
    keep = forms.ChoiceField(
        label="Which one stays", initial=KEEP_THIS, widget=UnfoldAdminRadioSelectWidget
    )

    def __init__(self, data: Any = None, *, speaker: Speaker) -> None:
        super().__init__(data)
        keep: Any = self.fields["keep"]
        keep.choices = [(KEEP_THIS, str(speaker)), (KEEP_OTHER, "The other speaker")]

    def pair(self, speaker: Speaker) -> tuple[Speaker, Speaker]:
        """The kept and the absorbed speaker."""
        other = self.cleaned_data["other"]
        return (speaker, other) if self.cleaned_data["keep"] == KEEP_THIS else (other, speaker)


class SplitForm(forms.Form):
    """What the new speaker is called, and which quotes are its."""

    name = forms.CharField(
        label="Name of the new speaker",
        max_length=NAME_LENGTH,
        widget=UnfoldAdminTextInputWidget,
        help_text="In full; the split-off name stays one of its names.",
    )
    description = forms.CharField(
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text="A few words that tell namesakes apart.",
    )
    rest = forms.BooleanField(
        required=False, initial=True, label="Also the quotes under this name that are not listed"
    )

    def __init__(self, data: Any = None, *, alias: SpeakerAlias, more: bool) -> None:
        super().__init__(data, initial={"name": alias.name})
        if not more:
            del self.fields["rest"]


class SettleForm(forms.Form):
    """Who a name means in the quotes below."""

    answer = forms.ChoiceField(
        label="This is", initial=EXISTING, widget=UnfoldAdminRadioSelectWidget
    )
    speaker = speaker_field(required=False, help_text="Type a name; aliases count.")
    full_name = forms.CharField(
        label="Name of the new speaker",
        required=False,
        max_length=NAME_LENGTH,
        widget=UnfoldAdminTextInputWidget,
    )
    kind = forms.ChoiceField(
        choices=SpeakerKind.choices, required=False, widget=UnfoldAdminSelectWidget
    )
    description = forms.CharField(
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text="A few words that tell namesakes apart.",
    )
    remember = forms.BooleanField(
        required=False,
        label="From now on the name means this speaker",
        help_text="Right for “the Captain”, wrong for a surname that others have too.",
    )
    up_to = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, suggested: Sequence[Speaker], initial: Any) -> None:
        super().__init__(data, initial=initial)
        self._suggested = {str(speaker.pk): speaker for speaker in suggested}
        answer: Any = self.fields["answer"]
        answer.choices = [
            *((pk, _told_apart(speaker)) for pk, speaker in self._suggested.items()),
            (EXISTING, "another speaker on the record" if suggested else "a speaker on the record"),
            (NEW, "a new speaker"),
            (OPEN, "not known, and stays open"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        answer = cleaned.get("answer")
        if answer in self._suggested:
            cleaned |= {"answer": EXISTING, "speaker": self._suggested[answer]}
        elif answer == EXISTING and not cleaned.get("speaker"):
            self.add_error("speaker", "Choose the speaker.")
        elif answer == NEW and not cleaned.get("full_name", "").strip():
            self.add_error("full_name", "Give the name in full.")
        return cleaned


def _told_apart(speaker: Speaker) -> str:
    return f"{speaker} ({speaker.description})" if speaker.description else str(speaker)
