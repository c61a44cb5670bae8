"""The gate: neither engine may read the demo articles worse than its floors.

A floor is raised by ``python -m tests.extraction.quality --raise`` and lowered by nothing but
``--lower``, in a commit that says why.
"""

from __future__ import annotations

import pytest

from claims.extraction import ENGINES
from tests.extraction import quality


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_reads_the_demo_articles_no_worse_than_its_floors(engine: str) -> None:
    reached = quality.measure(engine)
    below = {
        name: (reached[name], floor)
        for name, floor in quality.floors()[engine].items()
        if reached[name] < floor
    }
    assert not below, f"below the floor (reached, floor): {below}"


def test_every_engine_has_every_floor() -> None:
    measures = {"recall", "precision", "exact", "kind", "cue", "speaker", "not quotes"}
    assert {engine: set(values) for engine, values in quality.floors().items()} == dict.fromkeys(
        ENGINES, measures
    )
