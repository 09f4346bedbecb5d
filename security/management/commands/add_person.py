"""``manage.py add_person``: somebody who can sign in; the first admin of a new installation is made with it."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from security.access import System
from security.actions.people import add_person, add_region
from security.levels import LEVEL_NAMES
from security.management.passwords import new_password
from security.management.prepared import PreparedCommand
from security.models import Region, User


class Command(PreparedCommand):
    help = "Add a person. The password is asked for, or taken from KEFU_NEW_PASSWORD."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--level", choices=LEVEL_NAMES, default="agent")
        parser.add_argument("--region", action="append", default=[], metavar="CODE", help="made when it does not exist")
        parser.add_argument("--language", choices=("zh-hant", "en"), default="zh-hant")
        parser.add_argument("--time-zone", default="Asia/Taipei")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(email=User.objects.normalize_email(options["email"])).exists():
            raise CommandError(f"{options['email']} exists already.")
        password = new_password()
        by = System("manage.py add_person")
        regions = [
            Region.objects.filter(code=code).first()
            or add_region(by=by, code=code, name=code.title(), time_zone=options["time_zone"])
            for code in options["region"]
        ]
        person = add_person(
            by=by,
            email=options["email"],
            name=options["name"],
            password=password,
            level=options["level"],
            regions=regions,
            language=options["language"],
            time_zone=options["time_zone"],
        )
        self.stdout.write(
            f"{person.email} is {options['level']} in {', '.join(r.code for r in regions) or 'no region'}."
        )
