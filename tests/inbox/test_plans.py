"""The database uses the indexes that were made for the views. PostgreSQL reads a table as small as a test's whole."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox.queries import in_view
from security.statistics import refresh_statistics
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread
from tests.worlds.webhooks import beside, message, says, seconds, status, status_arrives, wamid

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's planner")


@pytest.mark.parametrize(("view", "index"), [("unassigned", "conversation_unassigned"), ("mine", "conversation_mine")])
def test_a_view_reads_its_own_index(cast: Cast, view: str, index: str):
    thread(channel(cast.asia))
    assert index in in_view(cast.access("ben"), view).explain()


def test_what_comes_in_finds_its_rows_by_an_index(cast: Cast):
    """Every kind of webhook, with everything it looks for there already."""
    shop, mei = channel(cast.asia), customer()
    first = message(mei, ago=60)
    says(shop, mei, first)
    target = {"original_message_id": first["id"]}
    words = {"message": {"type": "text", "text": {"body": "New"}}}
    own: dict[str, Any] = {"from": shop.phone.lstrip("+"), "to": mei.wa_id, "timestamp": seconds(30)}
    spoken = {**own, "id": wamid(), "type": "text", "text": {"body": "By hand"}}
    with CaptureQueriesContext(connection) as asked:
        says(
            shop,
            mei,
            message(mei, context={"id": first["id"]}),
            message(mei, "reaction", {"message_id": first["id"], "emoji": "🙏"}),
            message(mei, "edit", {**target, **words}),
        )
        beside(shop, "smb_message_echoes", message_echoes=[spoken])
        revoked = {**own, "id": wamid(), "type": "revoke", "revoke": {"original_message_id": spoken["id"]}}
        beside(shop, "smb_message_echoes", message_echoes=[revoked])
        status_arrives(shop, status(spoken["id"], "read"))
    grown = {"inbox_message", "inbox_conversation", "inbox_reaction", "inbox_amendment", "contacts_identity"}
    read_whole = {step for one in asked for step in plan(one["sql"]) for table in grown if step == f"SCAN {table}"}
    assert read_whole == set()


def plan(sql: str) -> list[str]:
    if not sql.startswith(("SELECT", "UPDATE")):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [str(row[3]) for row in cursor.fetchall()]


def test_statistics_are_gathered_for_all_tables(cast: Cast):
    thread(channel(cast.asia))
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        known = {name for (name,) in cursor.fetchall()}
    # The last one: a table that no test here reads through this connection.
    assert {"inbox_conversation", "inbox_message", "security_membership", "django_content_type"} <= known
