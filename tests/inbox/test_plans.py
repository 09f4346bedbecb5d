"""The database uses the indexes that were made for the views. PostgreSQL reads a table as small as a test's whole."""

import pytest
from django.db import connection

from inbox.queries import in_view
from security.statistics import refresh_statistics
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.threads import thread

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's planner")


@pytest.mark.parametrize(("view", "index"), [("unassigned", "conversation_unassigned"), ("mine", "conversation_mine")])
def test_a_view_reads_its_own_index(cast: Cast, view: str, index: str):
    thread(channel(cast.asia))
    assert index in in_view(cast.access("ben"), view).explain()


def test_statistics_are_gathered_for_all_tables(cast: Cast):
    thread(channel(cast.asia))
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        known = {name for (name,) in cursor.fetchall()}
    # The last one: a table that no test here reads through this connection.
    assert {"inbox_conversation", "inbox_message", "security_membership", "django_content_type"} <= known
