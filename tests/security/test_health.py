"""Which permissions are used and which refused, and what to change (PM-10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from security.health import PermissionHealthShape, permission_health
from security.models import PermissionUse
from security.usage import forget_old_uses, note_use, write_counts
from tests.conftest import Cast

RESOLVE, ASSIGN = "inbox.resolve_conversation", "inbox.assign_conversation"


@pytest.fixture(autouse=True)
def _measured_for_long(cast: Cast) -> None:
    day = timezone.now().date() - timedelta(days=20)
    PermissionUse.objects.create(user=cast.ana, permission="inbox.see_channel", day=day, used=1)


def health(cast: Cast, permission: str, reader: str = "dee") -> PermissionHealthShape:
    (found,) = [one for one in permission_health(cast.access(reader)) if one.permission == permission]
    return found


def names(shape: PermissionHealthShape, kind: str) -> list[str]:
    return [person.name for one in shape.proposals if one.kind == kind for person in one.people]


def test_uses_and_refusals_of_requests_are_counted_once_a_minute(cast: Cast):
    browser = cast.browser("eli")
    browser.get("/api/v1/contacts")
    browser.get("/api/v1/contacts")
    browser.post("/api/v1/canned-replies", {}, content_type="application/json")
    assert not PermissionUse.objects.filter(user=cast.eli).exists()
    write_counts()
    write_counts()
    rows = {row.permission: (row.used, row.refused) for row in PermissionUse.objects.filter(user=cast.eli)}
    assert rows == {"contacts.see_contact": (2, 0), "inbox.reply_conversation": (0, 1)}
    browser.get("/api/v1/contacts")
    write_counts()
    assert PermissionUse.objects.get(user=cast.eli, permission="contacts.see_contact").used == 3


def test_what_draws_menus_and_lists_is_no_use(cast: Cast):
    browser = cast.browser("dee")
    for path in ("channels", "bin/counts", "conversations/counts", "saved-views"):
        browser.get(f"/api/v1/{path}")
    write_counts()
    assert not PermissionUse.objects.filter(user=cast.dee).exists()
    assert browser.get("/api/v1/bin").status_code == 200, "the page itself"
    write_counts()
    assert PermissionUse.objects.get(user=cast.dee).permission == "inbox.delete_conversation"


def test_of_what_is_never_counted_nothing_is_said(cast: Cast):
    shape = health(cast, "channel.see")
    assert (shape.usage, shape.usage_low, shape.proposals) == (None, False, [])


def test_who_has_it_and_never_uses_it_is_named(cast: Cast):
    note_use(cast.ben.pk, RESOLVE, allowed=True)
    write_counts()
    shape = health(cast, "conversation.resolve")
    assert (shape.holders, shape.users, shape.usage_low) == (5, 1, True)
    assert names(shape, "narrow") == ["Ana", "Cho", "Dee", "Fay"]


def test_whoever_is_refused_often_is_proposed_for_a_grant_and_a_whole_level_for_the_level(cast: Cast):
    note_use(cast.fay.pk, ASSIGN, allowed=True)
    note_use(cast.ben.pk, ASSIGN, allowed=False)
    write_counts()
    shape = health(cast, "conversation.assign")
    assert shape.errors == 0.5 and shape.errors_high and names(shape, "grant") == ["Ben"]
    note_use(cast.cho.pk, ASSIGN, allowed=False)
    write_counts()
    (widen,) = [one for one in health(cast, "conversation.assign").proposals if one.kind == "widen"]
    assert (widen.level, [person.name for person in widen.people]) == ("agent", ["Ben", "Cho"])


def test_people_of_another_region_are_not_counted_and_not_named(cast: Cast):
    note_use(cast.cho.pk, ASSIGN, allowed=False)
    write_counts()
    shape = health(cast, "conversation.assign", "fay")
    assert (shape.refused == 0 and shape.proposals == []) or "Cho" not in str(shape)


def test_old_counts_are_forgotten(cast: Cast):
    old = timezone.now().date() - timedelta(days=61)
    PermissionUse.objects.create(user=cast.ben, permission=RESOLVE, day=old, used=1)
    assert forget_old_uses() == 1


def test_nothing_is_proposed_before_it_was_measured_for_long_enough(cast: Cast):
    PermissionUse.objects.all().delete()
    note_use(cast.ben.pk, RESOLVE, allowed=True)
    write_counts()
    shape = health(cast, "conversation.resolve")
    assert not shape.judged and not shape.usage_low and shape.proposals == [] and shape.usage == 0.2
