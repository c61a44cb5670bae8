"""Change forms that know which state of the row they were opened on."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.timezone import localtime

from claims.admin.history import Entry, changes_since
from claims.services.errors import StaleRow
from claims.services.locking import lock


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Refuses to save over a change that somebody made since the form was opened.

    The refusal names that change. What was typed stays in the form; fields that the
    person had left alone show the other's value; to save again is then a decision.
    """

    viewer: Any = AnonymousUser()
    """Who looks; the admin says so."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk is None:
            return cleaned
        expected = self.cleaned_data.get("version")
        if expected is None:
            raise ValidationError("This form is out of date. Open the page again.", code="stale")
        try:
            # The changeform view is one transaction: the row stays locked until it is saved.
            lock(self.instance, expected_version=expected)
        except StaleRow as refusal:
            theirs, base = changes_since(self.instance, expected, self.viewer)
            self._take_over(theirs, base)
            raise ValidationError(_told(str(refusal), theirs), code="stale") from refusal
        return cleaned

    def _take_over(self, theirs: list[Entry], base: Any) -> None:
        """Go on from the row as it is now, with the person's own entries kept."""
        fresh = type(self.instance)._default_manager.get(pk=self.instance.pk)
        data = as_posted(self.data)
        data[self.add_prefix("version")] = str(fresh.version)
        for name in {change.name for entry in theirs for change in entry.changes}:
            if name not in self.fields or base is None:
                continue
            bound = self[name]
            if not bound.field.has_changed(_value(base, name), bound.data):
                _put(data, bound, _value(fresh, name))
        self.data = data


def as_posted(data: Any) -> QueryDict:
    """A copy of what the browser sent that may be written to."""
    posted: QueryDict = data.copy()
    return posted


def _told(refusal: str, theirs: list[Entry]) -> list[str]:
    told = [refusal]
    for entry in theirs:
        for change in entry.changes:
            told.append(  # noqa: PERF401  two loops read better than one comprehension
                f"{entry.who}, {localtime(entry.at):%H:%M}: {change.field} "
                f"changed from “{change.before}” to “{change.after}”."
            )
    told.append("Nothing was saved. Your entries are below; save again to put them in place.")
    return told


def _value(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    return getattr(row, getattr(field, "attname", name))


def _put(data: Any, bound: forms.BoundField, value: Any) -> None:
    """Write ``value`` into posted data, as the browser would have sent it."""
    widget, name = bound.field.widget, bound.html_name
    if isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(widget, forms.MultiWidget):
        for index, part in enumerate(widget.decompress(value) or []):
            data[f"{name}_{index}"] = "" if part is None else str(part)
    else:
        shown = bound.field.prepare_value(value)
        data[name] = "" if shown is None else str(shown)
