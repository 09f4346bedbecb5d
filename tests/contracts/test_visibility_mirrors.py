"""Who sees a row, asked of the database, and who hears of it, asked of the policy: the same people, always."""

from datetime import timedelta
from itertools import product

import pytest
from django.db.models import Q
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import Contact, Identity, Note
from contacts.policies import sees_contact, threads_of
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
from inbox.policies import BINNED, audience_of, message_scope, scope_of, sees_conversation
from security.access import ALL, ASSIGNED, PAYMENTS, Access, access_of
from security.actions.duties import give_duty
from security.actions.levels import set_level
from security.actions.people import join_region, leave_region
from security.actions.traineeships import end_traineeship
from security.levels import LEVEL_NAMES
from security.models import User
from security.streams import sees
from tests.conftest import BY, Cast
from tests.contracts.mirror_world import NOW, World, mirrored
from tests.worlds.threads import reactions

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OF_CONVERSATION = (Assignment, Case, ConversationLock, RiskCase, ScheduledReply, Snooze)


@pytest.fixture
def world(cast: Cast) -> World:
    return mirrored(cast)


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
        if row.channel_id in by_channel and access.sight == ALL and row.state != BINNED:
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
    ben = world.cast.ben  # a trainee of this world
    mirror_holds(world, ben)
    his = [row for row in world.conversations if row.region_id == world.cast.asia.pk and row.state != BINNED]
    assert seen(Conversation, world.cast.access("ben")) == {row.pk for row in his if row.assignee_id == ben.pk} != set()
    end_traineeship(by=BY, user=ben)
    give_duty(by=BY, user=ben, duty="finance")
    mirror_holds(world, ben)
    marked = {row.pk for row in world.conversations if row.pk in seen(Conversation, world.cast.access("ben"))}
    assert marked == {row.pk for row in his if row.payment_marked_at is not None}


def mirror_holds(world: World, user: User) -> None:
    person = User.objects.get(pk=user.pk)
    visible = seen(Conversation, access_of(person))
    for row in world.conversations:  # who leaves a region lets go of what was theirs there
        row.refresh_from_db(from_queryset=Conversation.objects.for_system("the test compares"))
    assert {row.pk for row in world.conversations if person.pk in audience_of(row)} == visible


def test_somebody_inactive_is_nobodys_audience(world: World):
    User.objects.filter(pk=world.cast.ben.pk).update(is_active=False)
    home = [row for row in world.conversations if row.region_id == world.cast.asia.pk]
    assert all(world.cast.ben.pk not in audience_of(row) for row in home)
    assert all(world.cast.eli.pk in audience_of(row) for row in home if row.state != BINNED)


def test_the_world_of_these_tests_has_something_to_see(world: World):
    assert len(world.conversations) == 8 and len(world.contacts) == 6
    assert all(len(reactions(row)) in (0, 1) for row in world.conversations)
    assert Media.objects.for_system("the test looks").filter(note=None).count() == 4
