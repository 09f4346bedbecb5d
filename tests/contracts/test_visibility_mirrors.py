"""Who sees a row, asked of the database, and who hears of it, asked of the policy: the same people, always."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from django.db.models import Q
from django.utils import timezone
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import Contact, Identity, Note
from contacts.policies import sees_contact, threads_of
from inbox.actions.pauses import pause
from inbox.models import (
    AccountEvent,
    Assignment,
    CannedReply,
    Case,
    Channel,
    ChannelHealth,
    ChannelPause,
    Conversation,
    ConversationLock,
    Deletion,
    Handover,
    InternalNote,
    Macro,
    Media,
    Message,
    Notification,
    Reaction,
    RiskCase,
    RiskMention,
    ScheduledReply,
    SlaBreach,
    Snooze,
)
from inbox.policies import audience_of, message_scope, scope_of, sees_conversation
from security.access import ALL, ASSIGNED, PAYMENTS, Access, access_of
from security.actions.duties import give_duty
from security.actions.levels import set_level
from security.actions.people import join_region, leave_region
from security.actions.traineeships import end_traineeship, start_traineeship
from security.levels import LEVEL_NAMES
from security.models import Traineeship, User
from security.streams import sees
from tests.conftest import BY, Cast
from tests.inbox.coaching.cases import held_and_reviewed
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import contacts, conversations, reactions, thread
from tests.worlds.webhooks import account_news, message, says

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OF_CONVERSATION = (Assignment, Case, ConversationLock, RiskCase, ScheduledReply, Snooze)
NOW = timezone.now()


@dataclass
class World:
    """Two regions with two numbers each; two customers, of whom one writes to all four. Of each number's two
    conversations one is Ben's and one is marked payment; of the messages every second one is old."""

    cast: Cast
    channels: list[Channel]
    conversations: list[Conversation]
    contacts: list[Contact]


@pytest.fixture
def world(cast: Cast) -> World:
    channels = [channel(region) for region in (cast.asia, cast.asia, cast.europe, cast.europe)]
    regular, photo = customer(), {"id": "700001", "mime_type": "image/jpeg"}
    for one in channels:
        says(one, regular, message(regular, "image", photo), hello := message(regular))
        says(one, regular, message(regular, "reaction", {"message_id": hello["id"], "emoji": "👍"}))
        thread(one)
        pause(by=BY, channel_id=one.pk, kind="person", code="paused_by_hand")
        account_news(one, "account_review_update", {"decision": "APPROVED"})
    rows = Conversation.objects.for_system("the test prepares")
    for one in channels:
        _prepared(one, cast)
        hers, other = rows.filter(channel=one).order_by("id")
        rows.filter(pk=hers.pk).update(assignee=cast.ben)
        Assignment.objects.create(conversation=hers, assignee=cast.ben, assigned_at=NOW)
        rows.filter(pk=other.pk).update(payment_marked_at=NOW)
    for row in rows.select_related("contact"):
        _stand_aside(row, cast)
        held_and_reviewed(row, cast)
        _colleagues_speak(row, cast)
    for one in channels[:3]:
        rows.filter(pk=rows.filter(channel=one).order_by("-id").first().pk).update(state="binned")
    past = {"began_on": NOW.date(), "ends_on": NOW.date()}
    for person, ended in ((cast.ben, None), (cast.cho, None), (cast.ben, NOW)):
        Traineeship.objects.create(user=person, ended_at=ended, **past)
    said = Message.objects.for_system("the test prepares")
    for row in list(said.order_by("id"))[::2]:
        said.filter(pk=row.pk).update(at=NOW - timedelta(days=9))
    for row in said.all():
        RiskMention.objects.create(
            conversation=row.conversation, message=row, key_id=row.key_id, kind="fraud", word="詐騙", times=1, at=row.at
        )
    return World(cast, channels, conversations(), contacts())


def _prepared(one: Channel, cast: Cast) -> None:
    """What the region, Ben and Cho keep ready."""
    for number, owner in enumerate((None, cast.ben, cast.cho)):
        mine = {"region": one.region, "owner": owner, "created_at": NOW}
        CannedReply(shortcut=f"r{number}{one.pk}", title="A", text="A", **mine).save()
        Macro(name="A", **mine).save()


def _stand_aside(row: Conversation, cast: Cast) -> None:
    key, soon = row.contact.key_id, NOW + timedelta(hours=1)
    Deletion.objects.create(conversation=row, key_id=key, reason="Spam", state="binned", asked_at=NOW)
    Snooze.objects.create(conversation=row, key_id=key, reason="Later", snoozed_at=NOW, until=soon, wake_at=soon)
    ConversationLock.objects.create(conversation=row, key_id=key, reason="A refund", locked_at=NOW, until=soon)
    RiskCase.objects.create(conversation=row, key_id=key, kind="fraud", severity=2, priority_before=1, raised_at=NOW)
    SlaBreach.objects.create(conversation=row, due_for="first", stage="near", due_at=NOW, told_at=NOW)
    ScheduledReply(
        conversation=row, author=cast.ben, key_id=key, client_ref="1", content={}, send_at=NOW, due_at=NOW,
        inbound_count=1, confirmed_at=NOW, created_at=NOW,
    ).save()  # fmt: skip


def _colleagues_speak(row: Conversation, cast: Cast) -> None:
    """Notes and a hand-over, old and new; and Ben and Eli were told of it."""
    key = row.contact.key_id
    for days in (0, 9):
        at = NOW - timedelta(days=days)
        note = InternalNote.objects.create(
            conversation=row, key_id=key, author=cast.ben, text="Look", client_ref=f"{days}", created_at=at
        )
        Media.objects.create(conversation=row, note=note, key_id=key, kind="image", state="ready", created_at=at)
    summary = {"asked": "", "done": "", "open": ""}
    Handover.objects.create(conversation=row, key_id=key, summary=summary, given_at=NOW - timedelta(days=9))
    for person in (cast.ben, cast.eli):
        Notification.objects.create(to=person, kind="sla.warned", conversation=row, key_id=key, created_at=NOW)


def ids(rows: list) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([str(row.pk) for row in rows]))


def somebody(world: World) -> st.SearchStrategy[Access]:
    """Any access there can be: every level, any regions, any object grants."""
    grants = st.fixed_dictionaries(
        {},
        optional={
            "inbox.conversation": ids(world.conversations),
            "inbox.channel": ids(world.channels),
            "contacts.contact": ids(world.contacts),
        },
    )
    regions = st.frozensets(st.sampled_from([world.cast.asia.pk, world.cast.europe.pk]))
    parts = {"user_id": st.just(world.cast.ben.pk), "level": st.sampled_from(LEVEL_NAMES), "region_ids": regions}
    people = st.frozensets(st.sampled_from([world.cast.ben.pk, world.cast.cho.pk]))
    may = ["inbox.delete_conversation", "security.lead_trainee", "inbox.review_case"]
    parts |= {
        "mentor_of": people,
        "permissions": st.frozensets(st.sampled_from(may)),
        "sight": st.sampled_from((ALL, ASSIGNED, PAYMENTS)),
        "history_from": st.sampled_from((None, NOW - timedelta(days=7), NOW - timedelta(days=30))),
        "history_of": ids(world.conversations),
    }
    plain = {"name": st.just("Ben"), "language": st.just("en"), "time_zone": st.just("UTC")}
    return st.builds(Access, **parts, **plain, granted=grants)


def seen(model, access: Access) -> set:
    return set(model.objects.visible_to(access).values_list("pk", flat=True))


@QUICK
@given(data=st.data())
def test_a_conversation_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    told = {row.pk for row in world.conversations if sees("conversation", access, scope_of(row))}
    assert seen(Conversation, access) == told
    for model in OF_CONVERSATION:
        rows = model.objects.for_system("the test compares")
        assert seen(model, access) == set(rows.filter(conversation__in=told).values_list("pk", flat=True))


@QUICK
@given(data=st.data())
def test_a_warning_is_visible_to_exactly_those_who_hear_it(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    told = {row.pk for row in world.conversations if sees("warning", access, scope_of(row))}
    assert set(SlaBreach.objects.visible_to(access).values_list("conversation_id", flat=True)) == told


@QUICK
@given(data=st.data())
def test_the_bin_is_visible_to_exactly_those_who_hear_of_it(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    told = {row.pk for row in world.conversations if sees("deletion", access, scope_of(row))}
    assert set(Deletion.objects.visible_to(access).values_list("conversation_id", flat=True)) == told


@QUICK
@given(data=st.data())
def test_a_message_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    rows = Message.objects.for_system("the test compares").select_related("conversation")
    told = {row.pk for row in rows if sees("message", access, message_scope(row))}
    assert seen(Message, access) == told
    mentions = RiskMention.objects.for_system("the test compares")
    assert seen(RiskMention, access) == set(mentions.filter(message__in=told).values_list("pk", flat=True))
    reactions_ = Reaction.objects.for_system("the test compares")
    assert seen(Reaction, access) == set(reactions_.filter(target__in=told).values_list("pk", flat=True))
    files = Media.objects.for_system("the test compares")
    noted = said_to_colleagues(InternalNote, "created_at", access)
    about = Q(message__in=told) | Q(note__in=noted)
    assert seen(Media, access) == set(files.filter(about).values_list("pk", flat=True))


def said_to_colleagues(model, at: str, access: Access) -> set:
    """Internal notes, or handovers, that ``access`` would hear of."""
    rows = model.objects.for_system("the test compares").select_related("conversation")
    scopes = {row.pk: {**scope_of(row.conversation), "at": getattr(row, at).isoformat()} for row in rows}
    return {pk for pk, scope in scopes.items() if sees("message", access, scope)}


@QUICK
@given(data=st.data())
def test_what_colleagues_say_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    assert seen(InternalNote, access) == said_to_colleagues(InternalNote, "created_at", access)
    assert seen(Handover, access) == said_to_colleagues(Handover, "given_at", access)


@QUICK
@given(data=st.data())
def test_a_notification_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    rows = Notification.objects.for_system("the test compares").select_related("conversation")
    scopes = {row.pk: {**scope_of(row.conversation), "user_id": row.to_id} for row in rows}
    assert seen(Notification, access) == {pk for pk, scope in scopes.items() if sees("notification", access, scope)}


@QUICK
@given(data=st.data())
def test_a_contact_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    threads = threads_of(row.pk for row in world.contacts)
    told = {
        row.pk
        for row in world.contacts
        if sees_contact(access, {"region_id": row.region_id, "object_id": str(row.pk), "threads": threads[row.pk]})
    }
    assert seen(Contact, access) == told
    for model in (Identity, Note):
        rows = model.objects.for_system("the test compares")
        assert seen(model, access) == set(rows.filter(contact__in=told).values_list("pk", flat=True))


@QUICK
@given(data=st.data())
def test_a_prepared_text_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    for model in (CannedReply, Macro):
        rows = model.objects.for_system("the test compares")
        scopes = {row.pk: {"region_id": row.region_id, "owner_id": row.owner_id} for row in rows}
        assert seen(model, access) == {pk for pk, scope in scopes.items() if sees("prepared", access, scope)}


@QUICK
@given(data=st.data())
def test_a_channel_and_what_belongs_to_it_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    told = {
        row.pk
        for row in world.channels
        if sees("channel", access, {"region_id": row.region_id, "channel_id": str(row.pk)})
    }
    assert seen(Channel, access) == told
    for model in (AccountEvent, ChannelHealth, ChannelPause):
        rows = model.objects.for_system("the test compares")
        assert rows.count() == len(world.channels)
        assert seen(model, access) == set(rows.filter(channel__in=told).values_list("pk", flat=True))


@QUICK
@given(data=st.data())
def test_whoever_sees_a_conversation_by_its_channel_sees_the_channel(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    by_channel = {
        row.pk
        for row in world.channels
        if row.region_id in access.region_ids or str(row.pk) in access.granted.get("inbox.channel", ())
    }
    assert seen(Channel, access) == by_channel
    for row in world.conversations:
        if row.channel_id in by_channel and access.sight == ALL:
            assert sees_conversation(access, scope_of(row))


def test_real_people_of_every_level_see_what_their_regions_and_grants_give(world: World):
    """The same with people as they are stored: groups, memberships and django-guardian's rows."""
    ben, asia, europe = world.cast.ben, world.cast.asia, world.cast.europe
    foreign = next(row for row in world.conversations if row.region_id == europe.pk)
    for level, home in product(LEVEL_NAMES, ((), (asia,), (europe,), (asia, europe))):
        set_level(by=BY, user=ben, level=level)
        for region in (asia, europe):
            leave_region(by=BY, user=ben, region=region)
        for region in home:
            join_region(by=BY, user=ben, region=region)
        mirror_holds(world, ben)
    leave_region(by=BY, user=ben, region=europe)
    for permission, granted in (("inbox.see_conversation", foreign), ("inbox.see_channel", foreign.channel)):
        assign_perm(permission, ben, granted)
        mirror_holds(world, ben)
        assert f"region:{europe.pk}" in access_of(ben).streams(), "events of granted objects must be followed"


def test_trainees_and_finance_see_what_their_audience_says(world: World):
    ben = world.cast.ben
    start_traineeship(by=BY, user=ben)
    mirror_holds(world, ben)
    assert len(seen(Conversation, world.cast.access("ben"))) == 2, "his two in Asia"
    end_traineeship(by=BY, user=ben)
    give_duty(by=BY, user=ben, duty="finance")
    mirror_holds(world, ben)
    assert len(seen(Conversation, world.cast.access("ben"))) == 2, "the two of Asia that are marked payment"


def mirror_holds(world: World, user: User) -> None:
    person = User.objects.get(pk=user.pk)
    visible = seen(Conversation, access_of(person))
    assert {row.pk for row in world.conversations if person.pk in audience_of(row)} == visible


def test_somebody_inactive_is_nobodys_audience(world: World):
    User.objects.filter(pk=world.cast.ben.pk).update(is_active=False)
    home = [row for row in world.conversations if row.region_id == world.cast.asia.pk]
    assert all(world.cast.ben.pk not in audience_of(row) for row in home)
    assert all(world.cast.eli.pk in audience_of(row) for row in home)


def test_the_world_of_these_tests_has_something_to_see(world: World):
    assert len(world.conversations) == 8 and len(world.contacts) == 6
    assert all(len(reactions(row)) in (0, 1) for row in world.conversations)
    assert Media.objects.for_system("the test looks").filter(note=None).count() == 4
