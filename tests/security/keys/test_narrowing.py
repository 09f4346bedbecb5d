"""A key does what its owner may do now, and of that only what it was given."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inbox.actions.replies import send_text
from inbox.models import Message
from security.actions.levels import set_level
from security.actions.people import leave_region
from security.actions.sight import give_sight
from security.models import ApiKey, User
from tests.conftest import BY, Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import made, program
from tests.worlds.channels import channel
from tests.worlds.threads import thread

API = "/api/v1"


def seen(client: Client) -> set[str]:
    return {one["id"] for one in client.get(f"{API}/conversations?view=any").json()["results"]}


def test_it_sees_its_regions_only(cast: Cast):
    here, there = thread(channel(cast.asia)), thread(channel(cast.europe))
    assert seen(cast.browser("dee")) == {str(here.pk), str(there.pk)}
    shop = program(made(cast)[1])
    assert seen(shop) == {str(here.pk)}
    refused(shop.get(f"{API}/conversations/{there.pk}"), 404, "not_found")
    assert [one["name"] for one in shop.get(f"{API}/regions").json()["results"]] == ["亞洲"]


def test_it_does_what_it_was_given_and_no_more(cast: Cast):
    talk = thread(channel(cast.asia))
    shop = program(made(cast)[1])
    body = {"type": "text", "text": "Hi", "client_ref": "1"}
    answer = shop.post(f"{API}/conversations/{talk.pk}/messages", body, content_type="application/json")
    refused(answer, 403, "not_allowed", "conversation.reply")
    assert Message.objects.for_system("the test").count() == 1
    writes = program(made(cast, permissions=["conversation.see", "conversation.reply", "conversation.assign"])[1])
    path = f"{API}/conversations/{talk.pk}/messages"
    assert writes.post(path, body, content_type="application/json").status_code == 201


def test_what_its_owner_loses_it_loses_at_once(cast: Cast):
    _row, secret = made(cast, permissions=["conversation.see", "operations.see"], regions=[cast.asia.pk])
    shop = program(secret)
    assert shop.get(f"{API}/operations").status_code == 200
    set_level(by=BY, user=cast.dee, level="agent")
    refused(shop.get(f"{API}/operations"), 403, "not_allowed", "operations.see")
    talk = thread(channel(cast.asia))
    assert seen(shop) == {str(talk.pk)}
    leave_region(by=BY, user=cast.dee, region=cast.asia, reason="Moved")
    assert seen(shop) == set()
    User.objects.filter(pk=cast.dee.pk).update(is_active=False)
    refused(shop.get(f"{API}/me"), 401, "not_signed_in")


def test_what_its_owner_gains_it_does_not(cast: Cast):
    _row, secret = made(cast)
    set_level(by=BY, user=cast.dee, level="admin")
    me = program(secret).get(f"{API}/me").json()
    assert me["permissions"] == ["channel.see", "contact.see", "conversation.see"]


def test_the_key_of_an_admin_is_no_admin(cast: Cast):
    """Admins read every line of the log and know everybody; a key of one region does not."""
    thread(channel(cast.europe))
    _row, secret = made(cast, "ana", permissions=["operations.see", "conversation.see"])
    shop = program(secret)
    lines = shop.get(f"{API}/operations?limit=100").json()["results"]
    assert lines and {line["region_id"] for line in lines} <= {None, cast.asia.pk}
    assert shop.get(f"{API}/me").json()["level"] == "supervisor"


def test_what_is_seen_one_by_one_is_not_the_keys(cast: Cast):
    there = thread(channel(cast.europe))
    leave_region(by=BY, user=cast.dee, region=cast.europe, reason="Moved")
    give_sight(by=BY, user=cast.dee, on=there, reason="A case")
    assert seen(cast.browser("dee")) == {str(there.pk)}
    assert seen(program(made(cast)[1])) == set()


def test_without_the_permission_it_reads_no_older_messages_than_agents(cast: Cast):
    talk = thread(channel(cast.asia))
    old = timezone.now() - timedelta(days=30)
    Message.objects.for_system("the test").update(at=old)
    path = f"{API}/conversations/{talk.pk}/messages"
    assert program(made(cast)[1]).get(path).json()["results"] == []
    reader = program(made(cast, permissions=["conversation.see", "history.read"])[1])
    assert len(reader.get(path).json()["results"]) == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("patch", "me", {"availability": "away"}),
        ("post", "access-requests", {"permission": "duty.give", "reason": "x", "hours": 1}),
        ("put", "notifications/settings", {"choices": {}, "volume": 1}),
        ("post", "notifications/mark-read", {"ids": []}),
        ("post", "me/factor", {"password": "x"}),
        ("delete", "session", None),
    ],
)
def test_it_changes_nothing_of_its_owners_own(cast: Cast, method: str, path: str, body: Any):
    shop = program(made(cast)[1])
    refused(getattr(shop, method)(f"{API}/{path}", body, content_type="application/json"), 403, "not_allowed")


def test_it_comes_from_its_addresses_only(cast: Cast):
    _row, secret = made(cast, addresses=["203.0.113.0/24", "2001:db8::1", "203.0.113.7"])
    assert ApiKey.objects.get().addresses == ["203.0.113.0/24", "2001:db8::1/128", "203.0.113.7/32"]
    for address, status in (
        ("203.0.113.200", 200),
        ("::ffff:203.0.113.9", 200),
        ("2001:db8::1", 200),
        ("2001:db8::2", 403),
        ("203.0.114.1", 403),
        ("127.0.0.1", 403),
    ):
        assert (address, program(secret, REMOTE_ADDR=address).get(f"{API}/me").status_code) == (address, status)
    refused(program(secret).get(f"{API}/me"), 403, "address_refused")


def test_an_answer_of_the_key_is_logged_as_the_keys(cast: Cast):
    talk = thread(channel(cast.asia))
    row, _ = made(cast, permissions=["conversation.see", "conversation.reply", "conversation.assign"])
    from security.access import access_of

    access = access_of(cast.dee, key=row)
    assert access.actor_kind == "key" and access.region_ids == {cast.asia.pk}
    send_text(by=access, conversation_id=talk.pk, client_ref="1", text="Hi")
