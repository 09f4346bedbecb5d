"""Commands for an installation that exists: without its tables they say so in one sentence."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from security.models import User


class PreparedCommand(BaseCommand):
    """A command that needs ``manage.py prepare`` to have run."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            prepared = User._meta.db_table in connection.introspection.table_names()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used ({error}): see DATABASE_URL and KEFU_DATA.") from error
        if not prepared:
            raise CommandError("This database holds no Kefu yet: run `manage.py prepare` first, or `make run`.")
        return super().execute(*args, **options)
