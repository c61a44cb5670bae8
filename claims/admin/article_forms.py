"""An address, a file or a pasted text becomes an article, the same way as one from a feed."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminURLInputWidget,
)

from claims.ingest import (
    BadUrl,
    Document,
    IngestError,
    Overrides,
    canonicalize,
    read_bytes,
    read_text,
)
from claims.models import Article
from claims.services import archive
from claims.services.errors import ArchiveUnavailable
from claims.services.intake import read_limits


class AddArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    """``document`` is what the file or the text says, once the form is valid; None for an
    address alone, which a worker reads."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    address = forms.URLField(
        label="Address",
        required=False,
        assume_scheme="https",
        max_length=8192,
        widget=UnfoldAdminURLInputWidget,
        help_text="Alone, the page is read from there. With a file or a text: where that was "
        "published; the same address is the same article.",
    )
    file = forms.FileField(
        label="File",
        required=False,
        widget=UnfoldAdminFileFieldWidget(
            attrs={"accept": ".html,.htm,.xhtml,.txt,.md,.pdf,text/html,text/plain,application/pdf"}
        ),
        help_text="A saved page (HTML), a PDF with text in it, or plain text.",
    )
    pasted = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 14}),
        help_text="Pasted; paragraphs parted by an empty line.",
    )

    class Meta:
        model = Article
        fields = ["source", "title", "byline", "published_at"]

    document: Document | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = False
        self.fields["source"].help_text = "Left empty: the outlet at the address, or in the page."
        for name in ("title", "byline", "published_at"):
            self.fields[name].help_text = "Left empty: what the article says itself."

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address:
            try:
                canonicalize(address)
            except BadUrl as error:
                raise forms.ValidationError(str(error)) from error
        return address

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > settings.INGEST_MAX_BYTES:
            raise forms.ValidationError(
                f"The file has {filesizeformat(file.size)}; the most that is read are "
                f"{filesizeformat(settings.INGEST_MAX_BYTES)}."
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        file, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        if file and pasted.strip():
            self.add_error("pasted", "Give a file or a text, not both.")
        elif not (file or pasted or cleaned["address"]):
            self.add_error("address", "Give an address, a file or a text.")
        elif file or pasted:
            self._read(cleaned)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        file, address = cleaned.get("file"), cleaned["address"]
        known: Overrides = {
            "title": cleaned.get("title", ""),
            "byline": cleaned.get("byline", ""),
            "published_at": cleaned.get("published_at"),
        }
        try:
            if file:
                self.document = read_bytes(
                    file.read(),
                    url=address,
                    content_type=file.content_type or "",
                    limits=read_limits(),
                    **known,
                )
            else:
                source = cleaned.get("source")
                known["language"] = source.language if source else ""
                self.document = read_text(
                    cleaned["pasted"], url=address, limits=read_limits(), **known
                )
            # Here and not while saving, so that a full disk is a complaint like any other.
            archive.keep(self.document)
        except (IngestError, ArchiveUnavailable) as error:
            self.add_error("file" if file else "pasted", str(error))

    def hints(self) -> dict[str, str]:
        """What was filled in beside an address, for the worker that reads it."""
        cleaned = self.cleaned_data
        published, source = cleaned.get("published_at"), cleaned.get("source")
        said = {
            "title": cleaned.get("title", ""),
            "byline": cleaned.get("byline", ""),
            "published": published.isoformat() if published else "",
            "source": source.name if source else "",
        }
        return {name: value for name, value in said.items() if value}

    def _post_clean(self) -> None:
        """The article may be known already: uniqueness is the service's to judge."""
