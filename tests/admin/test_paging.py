"""Lists count exactly what is few, say about how many are many, and end."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.paging import DeskPaginator
from claims.models import Topic

pytestmark = pytest.mark.django_db
ROWS = 60


@pytest.fixture
def topics():
    Topic.objects.bulk_create(Topic(name=f"Topic {n:02}", slug=f"topic-{n}") for n in range(ROWS))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_topic")
    return Topic.objects.order_by("pk")


def test_few_rows_are_counted(topics, settings, django_assert_num_queries):
    settings.LIST_EXACT_COUNT = ROWS
    with django_assert_num_queries(1):
        assert DeskPaginator(topics, 10).count == ROWS
    assert DeskPaginator(topics.filter(name__lt="Topic 07"), 10).count == 7


def test_many_rows_are_estimated_and_never_below_what_was_counted(topics, settings):
    settings.LIST_EXACT_COUNT = 10
    assert DeskPaginator(topics, 10).count == ROWS
    Topic.objects.filter(name__gt="Topic 19").delete()
    assert DeskPaginator(topics, 10).count >= 11


def test_pages_end(topics, settings):
    settings.LIST_MAX_PAGES = 3
    paginator = DeskPaginator(topics, 10)
    assert paginator.num_pages == 3
    assert [row.name for row in paginator.page(3)] == [f"Topic {n}" for n in range(20, 30)]


def test_a_page_behind_the_last_leads_back_to_the_list(as_root, topics, settings):
    settings.LIST_MAX_PAGES = 1
    assert as_root.get("/admin/claims/topic/", {"p": 2}).status_code == 302
    assert as_root.get("/admin/claims/topic/", {"p": 1}).status_code == 200


@pytest.mark.parametrize(("page", "names", "more"), [(1, 20, True), (3, 20, False), (4, 0, False)])
def test_what_is_offered_while_typing_is_not_counted(as_root, topics, page, names, more):
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "topics"}
    with CaptureQueriesContext(connection) as captured:
        answer = as_root.get(
            reverse("admin:autocomplete"), {**asked, "term": "Topic", "page": page}
        )
    assert len(answer.json()["results"]) == names
    assert answer.json()["pagination"]["more"] is more
    assert not [each for each in captured if "COUNT(" in each["sql"]]


@pytest.mark.parametrize("page", ["0", "-1", "10000", "9" * 30, "none"])
def test_a_page_of_what_is_offered_that_cannot_be_is_not_found(as_root, topics, page):
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "topics"}
    answer = as_root.get(reverse("admin:autocomplete"), {**asked, "term": "Topic", "page": page})
    assert answer.status_code == 404
