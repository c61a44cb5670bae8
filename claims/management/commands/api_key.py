"""Make a key of the API for somebody, and print it."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.choices import Scope
from claims.services import api_keys
from claims.services.actors import person
from claims.services.errors import DeskError


class Command(BaseCommand):
    help = "Make a key of the API and print it: it is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="whose key it is; their role bounds it")
        parser.add_argument("--name", default="made by a command", help="what uses it")
        parser.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            help="what it may be used for; again for more; without it: read",
        )
        parser.add_argument("--days", type=int, help="how long it lasts; without it: for good")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['username']}.")
        days = options["days"]
        try:
            _, key = api_keys.create_key(
                actor=person(user),
                name=options["name"],
                scopes=options["scope"] or [Scope.READ],
                expires_at=timezone.now() + timedelta(days=days) if days is not None else None,
            )
        except DeskError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(key)
