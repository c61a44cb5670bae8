"""A list costs as many queries for thirty rows as for three, and as many as it did.

The table is a baseline: a number that rises is to be explained, one that falls to be written down.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.routes import operations
from tests.api.rows import key_of, member, small_desk

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 15

# Address → queries of it with all that it can show in place, by an editor's key.
BASELINE: dict[str, int] = {
    "/api/v1/appearances?expand=quote,claim": 8,
    "/api/v1/appearances/{id}?expand=quote,claim": 8,
    "/api/v1/article-versions": 4,
    "/api/v1/article-versions/{id}": 4,
    "/api/v1/articles?expand=source,versions": 6,
    "/api/v1/articles/{id}?expand=source,versions": 6,
    "/api/v1/claim-links": 4,
    "/api/v1/claim-links/{id}": 4,
    "/api/v1/claims?expand=appearances,verdicts,evidence,links_out,links_in": 12,
    "/api/v1/claims/{id}?expand=appearances,verdicts,evidence,links_out,links_in": 12,
    "/api/v1/corrections": 4,
    "/api/v1/corrections/{id}": 4,
    "/api/v1/decisions": 4,
    "/api/v1/decisions/{id}": 4,
    "/api/v1/evidence": 4,
    "/api/v1/evidence/{id}": 4,
    "/api/v1/external-reviews": 4,
    "/api/v1/external-reviews/{id}": 4,
    "/api/v1/feeds": 4,
    "/api/v1/feeds/{id}": 4,
    "/api/v1/fetches": 4,
    "/api/v1/fetches/{id}": 4,
    "/api/v1/quotes?expand=appearances,speaker,article": 9,
    "/api/v1/quotes/{id}?expand=appearances,speaker,article": 9,
    "/api/v1/rating-scales": 5,
    "/api/v1/rating-scales/{id}": 5,
    "/api/v1/ratings": 4,
    "/api/v1/ratings/{id}": 4,
    "/api/v1/runs": 5,
    "/api/v1/runs/{id}": 5,
    "/api/v1/sources": 4,
    "/api/v1/sources/{id}": 4,
    "/api/v1/speakers": 5,
    "/api/v1/speakers/{id}": 5,
    "/api/v1/topics": 4,
    "/api/v1/topics/{id}": 4,
    "/api/v1/verdicts?expand=rating": 5,
    "/api/v1/verdicts/{id}?expand=rating": 5,
    "/api/v1/webhook-deliveries": 4,
    "/api/v1/webhook-deliveries/{id}": 4,
    "/api/v1/webhooks": 4,
    "/api/v1/webhooks/{id}": 4,
}


def numbers(client):
    """Queries of each list, and of a row, with every relation in place."""
    found = {}
    for operation in operations():
        if operation.action not in ("list", "retrieve"):
            continue
        expand = ",".join(operation.made_view().shape.expansions)
        query = f"?expand={expand}" if expand else ""
        path = operation.path
        if operation.detail:
            path = operation.address(operation.rows.order_by("pk").first().pk)
        client.get(path + query)  # what is remembered between requests
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path + query)
        assert answer.status_code == 200, f"{path}: {answer.content!r}"
        found[operation.path + query] = len(queries)
    return found


def test_more_rows_cost_no_more_queries():
    client = Client(headers={"Authorization": f"Bearer {key_of(member('Editor'))}"})
    small_desk(FEW)
    few = numbers(client)
    small_desk(MANY - FEW)
    many = numbers(client)
    assert few == many
    assert many == BASELINE, "\n".join(f'    "{path}": {n},' for path, n in many.items())
