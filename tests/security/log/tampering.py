"""What somebody does who owns the database: takes the guards down and writes what they like."""

from typing import Any

from django.db import connection

from security.models import Operation, Seal
from security.models.append_only import AppendOnly


def without_guards() -> None:
    editor = connection.schema_editor()
    with connection.cursor() as cursor:
        for model in (Operation, Seal):
            for guard in model._meta.constraints:
                assert isinstance(guard, AppendOnly)
                for statement in guard.removals(model, editor):
                    cursor.execute(statement)


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def lines(count: int) -> list[int]:
    """Write so many lines, each in a change of its own; returns their ids."""
    from security.models import Region
    from security.writing import write
    from tests.conftest import BY

    place = Region.objects.first() or Region.objects.create(code="here", name="Here")
    known = set(Operation.objects.values_list("id", flat=True))
    for number in range(count):
        with write(by=BY) as change:
            change.record("test.done", place, number=number)
    return sorted(set(Operation.objects.values_list("id", flat=True)) - known)
