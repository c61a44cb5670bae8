"""The editable part of a claim."""

from typing import Any

from django.core.exceptions import ValidationError

from claims.admin.locking import VersionedForm
from claims.models import Claim

QUANTITY_KEYS = {"value", "unit", "comparator", "of"}


class ClaimForm(VersionedForm):
    """The sentence is kept on one line, quantities in the one shape that is compared."""

    class Meta:
        model = Claim
        fields = "__all__"

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_quantities(self) -> list[dict[str, Any]]:
        quantities = self.cleaned_data["quantities"] or []
        if not isinstance(quantities, list) or not all(
            isinstance(quantity, dict) and "value" in quantity and set(quantity) <= QUANTITY_KEYS
            for quantity in quantities
        ):
            raise ValidationError(
                "Write quantities as "
                '[{"value": 85, "unit": "%", "comparator": "=", "of": "dykes"}].'
            )
        return quantities
