"""A word is found whatever marks newspapers put beside it."""

import pytest

from claims.admin.searching import words_of
from claims.models import Quote
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    ["“Defences hold,”", "‘Defences’ …", "«Defences»", "—Defences—", "„Defences“", "Defences…"],
)
def test_a_word_beside_a_mark_is_found(text):
    version = factories.ArticleVersionFactory(text=text)
    quote = factories.QuoteFactory(
        article_version=version, text=text, start=0, end=len(text), fragments=[[0, len(text)]]
    )
    assert list(words_of(Quote.objects.all(), "text", "defence")) == [quote]
