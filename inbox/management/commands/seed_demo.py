"""``manage.py seed_demo``: fill an empty database with the demo world."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inbox.demo.seed import seed_demo_world
from security.models import User


class Command(BaseCommand):
    help = "Fill an empty database with the demo world: a shop, its people, and two months of conversations."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("This database already has people in it; the demo world is made on an empty one only.")
        began = time.monotonic()
        count = seed_demo_world()
        if options["verbosity"]:
            self.stdout.write(f"The demo world is made: {count} messages in {time.monotonic() - began:.1f} s.")
