"""A text that somebody pastes becomes an article, the same way as one from a feed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminURLInputWidget

from claims.ingest import Document, IngestError, read_text
from claims.models import Article


class PastedArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    """``document`` is what was pasted, read and cleaned, once the form is valid."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    address = forms.URLField(
        label="Address",
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
        help_text="Where it was published; the same address is the same article.",
    )
    pasted = forms.CharField(
        label="Text", strip=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 18})
    )

    class Meta:
        model = Article
        fields = ["source", "title", "byline", "published_at"]

    document: Document

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.document = read_text(
                cleaned["pasted"],
                url=cleaned["address"],
                title=cleaned.get("title", ""),
                byline=cleaned.get("byline", ""),
                published_at=cleaned.get("published_at"),
                language=cleaned["source"].language,
            )
        except IngestError as error:
            raise ValidationError(str(error)) from error
        return cleaned

    def _post_clean(self) -> None:
        """The article may be known already: uniqueness is the service's to judge."""
