"""The database itself refuses to change or delete a line of the log, or a seal."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from security.actions.sealing import seal_operations
from security.models import Operation, Seal
from tests.security.log.tampering import lines, run

TABLES: dict[str, Any] = {"operation": Operation, "seal": Seal}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_what_is_written_stays_as_it_is(db: None, name: str, deed: str):
    lines(1)
    seal_operations()
    rows = TABLES[name].objects
    before = list(rows.values())
    with pytest.raises(IntegrityError), transaction.atomic():
        if deed == "delete":
            rows.all().delete()
        elif name == "operation":
            rows.update(action="something.else")
        else:
            rows.update(last_id=99)
    assert list(rows.values()) == before and before


def test_not_even_plain_sql_gets_around_it(db: None):
    (line,) = lines(1)
    for sql in ("UPDATE security_operation SET ip = '1' WHERE id = %s", "DELETE FROM security_operation WHERE id = %s"):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(sql, line)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_whole_table_cannot_be_emptied_at_once(db: None):
    lines(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        run("TRUNCATE security_operation")


def test_new_lines_are_welcome(db: None):
    assert len(lines(3)) == 3


def test_flush_empties_a_trial_and_puts_the_guards_up_again(transactional_db: None):
    lines(2)
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    assert not Operation.objects.exists()
    lines(1)
    with pytest.raises(IntegrityError):
        Operation.objects.all().delete()


@override_settings(KEFU_PRODUCTION=True)
def test_in_production_the_log_is_not_emptied(db: None):
    with pytest.raises(CommandError, match="not emptied"):
        call_command("flush", interactive=False, verbosity=0)
