"""What the API has, who is asking, and what its problems mean."""

from typing import Any

from django.contrib.auth.models import User
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.base import ApiView
from claims.api.errors import KINDS
from claims.api.schema import described
from claims.choices import Scope
from claims.models import ApiKey


class KeyShape(serializers.Serializer[Any]):
    prefix = serializers.CharField()
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    expires_at = serializers.DateTimeField(allow_null=True)


class MeShape(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField(source="get_full_name")
    roles = serializers.SerializerMethodField()
    permissions = serializers.SerializerMethodField()

    def get_roles(self, user: User) -> list[str]:
        """The groups that somebody is in."""
        return sorted(user.groups.values_list("name", flat=True))

    def get_permissions(self, user: User) -> list[str]:
        """What these groups may do."""
        return sorted(user.get_all_permissions())


class Asker(MeShape):
    key = KeyShape(allow_null=True, help_text="Null for somebody signed in at the desk.")


class MeView(ApiView):
    """Who is asking."""

    @described(request=None, answer=Asker)
    def get(self, request: Request) -> Response:
        """Whose key this is, and what it may be used for."""
        key = KeyShape(request.auth).data if isinstance(request.auth, ApiKey) else None
        return Response({**MeShape(request.user).data, "key": key})


class ProblemKind(serializers.Serializer[Any]):
    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()


class ProblemsView(ApiView):
    """The kinds of problems."""

    @described(request=None, answer=ProblemKind(many=True))
    def get(self, request: Request) -> Response:
        """Every code that an answer may carry, with its status."""
        return Response(
            [
                {"code": code, "status": status, "title": title}
                for code, (status, title) in KINDS.items()
            ]
        )


class NothingHereView(APIView):
    """Every address below /api/ that is none, whoever asks and however."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whatever the method."""
        raise NotFound("There is nothing at this address.")
