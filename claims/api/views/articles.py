"""Outlets, feeds and articles; and articles taken in, by an address, a text or a page."""

import re
import time
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ingest, tasks
from claims.api import filters
from claims.api.base import Resource
from claims.api.errors import Problem
from claims.api.schema import described
from claims.api.serializers.articles import (
    ArticleSerializer,
    ArticleVersionSerializer,
    FeedSerializer,
    FetchSerializer,
    NewArticle,
    NewFeed,
    RunSerializer,
    SourceSerializer,
    VersionInBrief,
)
from claims.choices import Scope
from claims.models import Article, ArticleVersion, ExtractionRun, Feed, Fetch, Source
from claims.models.work import OPEN, Work
from claims.services import editing, feeds, fetching
from claims.services.articles import store_document
from claims.services.intake import read_limits

PREFERS_TO_WAIT = re.compile(r"(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])")
ASK_AGAIN_SECONDS = 0.1
# Of either kind: the schemas of both are made for their own addresses.
WORK = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Fetch", "Run")]}


class WaitsMixin:
    """Answers when the work is over, where the client prefers that: ``Prefer: wait=10``."""

    waits_for: Work | None = None

    def wait(self, work: Work) -> bool:
        """Wait as long as preferred, API_MAX_WAIT_SECONDS at most; whether anything was waited for.

        Nothing is held meanwhile but a thread: the row is asked for again and again.
        """
        preferred = PREFERS_TO_WAIT.search(self.request.headers.get("Prefer", ""))  # type: ignore[attr-defined]
        if preferred is None:
            return False
        until = time.monotonic() + min(int(preferred[1]), settings.API_MAX_WAIT_SECONDS)
        rows = type(work)._default_manager.filter(pk=work.pk, state__in=OPEN)
        while rows.exists() and time.monotonic() < until:
            time.sleep(ASK_AGAIN_SECONDS)
        return True


class SourceViewSet(Resource):
    """Outlets: where articles come from."""

    queryset = Source.objects.order_by("-pk")
    serializer_class = SourceSerializer
    filterset_class = filters.SourceFilter
    scope = Scope.INGEST

    @described(request=SourceSerializer, answer=SourceSerializer, status=201)
    def create(self, request: Request) -> Response:
        """Add an outlet."""
        given = self.data_of(SourceSerializer)
        row = editing.save_source(Source(), actor=self.actor, changes=given)
        return self.read_again(row, status=201)

    @described(request=SourceSerializer, answer=SourceSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is known of an outlet."""
        row = self.get_object()
        version = self.version_of(row)
        given = self.data_of(SourceSerializer, instance=row, partial=True)
        row = editing.save_source(row, actor=self.actor, changes=given, expected_version=version)
        return self.read_again(row)


class FeedViewSet(Resource):
    """Feeds and news sitemaps, with the state of their polling."""

    queryset = Feed.objects.order_by("-pk")
    serializer_class = FeedSerializer
    filterset_class = filters.FeedFilter
    scope = Scope.INGEST

    @described(request=NewFeed, answer=FeedSerializer, status=(200, 201))
    def create(self, request: Request) -> Response:
        """Add a feed that works: it is read once before. One that is known is answered as it is."""
        given = self.data_of(NewFeed)
        added = feeds.add_feed(
            given["url"],
            actor=self.actor,
            source_name=given["source"],
            seconds=settings.FEED_TEST_SECONDS,
        )
        if added.created:
            tasks.ring_feeds([added.feed.pk])
        return self.read_again(added.feed, status=201 if added.created else 200)

    @described(request=None, answer=FeedSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        """Poll it no more until it is resumed."""
        return self._moved(feeds.pause)

    @described(request=None, answer=FeedSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Poll it again."""
        return self._moved(feeds.resume)

    @described(request=None, answer=FeedSerializer)
    @action(detail=True, methods=["post"])
    def poll(self, request: Request, pk: str) -> Response:
        """Poll it at once."""
        response = self._moved(feeds.poll_now)
        tasks.ring_feeds([int(pk)])
        return response

    def _moved(self, service: Any) -> Response:
        row = self.get_object()
        self.version_of(row)
        service(row, actor=self.actor)
        return self.read_again(row)


class ArticleViewSet(WaitsMixin, Resource):
    """Documents at their addresses."""

    queryset = Article.objects.order_by("-pk")
    serializer_class = ArticleSerializer
    filterset_class = filters.ArticleFilter
    scope = Scope.INGEST
    permissions = {"create": ["claims.add_article"]}
    shown_as = {"versions": VersionInBrief}

    @described(request=NewArticle, answer=WORK, status=202)
    def create(self, request: Request) -> Response:
        """Take in an article: an address, which a worker reads, or a text or page with it.

        Answers with the work that is under way, at once or, with ``Prefer: wait=10``, when it is
        over. An address gives a fetch, whose ``run`` is the extraction; a text gives the run.
        """
        given = self.data_of(NewArticle)
        work = self._stored(given) if "text" in given or "html" in given else self._asked(given)
        self.waits_for = work
        response = self._work(work, status=202)
        response["Location"] = response.data["href"]
        return response

    @described(request=None, answer=VersionInBrief(many=True))
    @action(detail=True, methods=["get"])
    def versions(self, request: Request, pk: str) -> Response:
        """The texts of an article as they stood at each fetch, without the texts themselves."""
        rows = self.get_object().versions.defer("text").order_by("number")
        return Response(self.get_serializer(rows, many=True).data)

    def after_commit(self, response: Response) -> None:
        """Wait for the work, where that is preferred."""
        work = self.waits_for
        if work is not None and response.status_code == 202 and self.wait(work):
            work.refresh_from_db()
            response.data = self._work(work, status=202).data
            response["Preference-Applied"] = "wait"

    def _stored(self, given: dict[str, Any]) -> Work:
        known: dict[str, Any] = {
            name: given[name]
            for name in ("title", "byline", "published_at", "language")
            if given.get(name)
        }
        read: Any = ingest.read_text
        content: Any = given.get("text", "")
        if "html" in given:
            read, content = ingest.read_bytes, given["html"].encode()
            known["content_type"] = "text/html; charset=utf-8"
        document = read(content, url=given.get("url", ""), limits=read_limits(), **known)
        stored = store_document(document, source_name=given.get("source", ""))
        if stored.run is None:
            raise Problem(
                "conflict",
                "Another article has this text already.",
                article=stored.article.pk,
                href=f"/api/v1/articles/{stored.article.pk}",
            )
        tasks.ring([stored.run.pk])
        return stored.run

    def _asked(self, given: dict[str, Any]) -> Work:
        published = given.get("published_at")
        hints = {
            "title": given.get("title", ""),
            "byline": given.get("byline", ""),
            "published": published.isoformat() if published else "",
            "source": given.get("source", ""),
        }
        hints = {name: value for name, value in hints.items() if value}
        fetch = fetching.request_fetch(given["url"], hints=hints)
        if fetch is not None:
            tasks.ring_fetches([fetch.pk])
            return fetch
        asked_before = fetching.open_fetch(given["url"])
        if asked_before is None:
            raise Problem("conflict", "It has been read in this moment. Ask again.")
        return asked_before

    def _work(self, work: Work, *, status: int) -> Response:
        shape = FetchSerializer if isinstance(work, Fetch) else RunSerializer
        return Response(shape(work, context=self.get_serializer_context()).data, status=status)


class ArticleVersionViewSet(Resource):
    """Texts of articles, as they stood at one fetch. They never change."""

    queryset = ArticleVersion.objects.order_by("-pk")
    serializer_class = ArticleVersionSerializer
    filterset_class = filters.VersionFilter
    shown_as = {"list": VersionInBrief}
    noun = "text"

    def get_queryset(self) -> Any:
        """Lists leave the text out: it may be long."""
        rows = super().get_queryset()
        return rows.defer("text") if self.action == "list" else rows


class WorkViewSet(WaitsMixin, Resource):
    """Work, which may be waited for."""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One piece of work, at once or, with ``Prefer: wait=10``, when it is over."""
        row = self.get_object()
        if self.wait(row):
            row = self.get_object()
        return self.shown(row)


class RunViewSet(WorkViewSet):
    """Extractions: one run of one extractor over one text."""

    queryset = ExtractionRun.objects.prefetch_related(
        Prefetch("article_version", ArticleVersion.objects.only("pk", "article_id"))
    ).order_by("-pk")
    serializer_class = RunSerializer
    filterset_class = filters.RunFilter


class FetchViewSet(WorkViewSet):
    """Readings of addresses."""

    queryset = Fetch.objects.prefetch_related(
        Prefetch("article_version", ArticleVersion.objects.only("pk", "article_id")),
        Prefetch("article_version__runs", ExtractionRun.objects.only("pk", "article_version_id")),
    ).order_by("-pk")
    serializer_class = FetchSerializer
    filterset_class = filters.FetchFilter
