"""Documents as the ingest would hand them on."""

from claims.ingest import Document, canonicalize, clean_text

TEXT = "“We have inspected 85% of the dykes,” Minna Aalto said on Monday."


def document(url="https://daily.example/dykes", text=TEXT, **values):
    """A news page at ``url`` with the cleaned ``text``."""
    text = clean_text(text)
    values.setdefault("canonical_url", url and canonicalize(url))
    return Document(
        **{
            "url": url,
            "title": "Council votes on dykes",
            "byline": "Ida Berg",
            "published_at": None,
            "language": "en",
            "site_name": "The Daily",
            "text": text,
            "raw": f"<p>{text}</p>".encode(),
            "content_type": "text/html",
            **values,
        }
    )
