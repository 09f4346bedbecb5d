"""What a live connection hears while it is open: its own regions, as they change, and nothing lost on the way."""

from typing import Any

from guardian.shortcuts import assign_perm

from contacts.actions.edit import edit_contact
from inbox.actions.assignments import assign_conversation
from inbox.models import Conversation
from inbox.policies import scope_of
from inbox.telling import tell
from security.actions.levels import set_level
from security.actions.people import join_region, leave_region
from security.models import Region, StreamHead, User
from security.writing import write
from tests.conftest import BY
from tests.security.live.conftest import World, beat_every
from tests.worlds.browsers import row_of_key
from tests.worlds.customers import customer
from tests.worlds.serving import Stream
from tests.worlds.threads import thread
from tests.worlds.webhooks import message, says


def move(talk: Conversation, region: Region) -> None:
    """To another region, told as a transfer must be: those who lose sight of it hear that it left."""
    with write(by=BY) as change:
        before = scope_of(talk)
        talk.region = region
        talk.version += 1
        talk.save()
        tell(change, conversations=[talk], left_scopes={talk.pk: before})


def kinds(tab: Stream) -> list[str]:
    return [event["kind"] for event in tab.events]


def open_tab(world: World, name: str, **since: int) -> Stream:
    tab = world.kefu.follow(getattr(world.cast, name), since)
    tab.heads()
    return tab


def test_a_message_reaches_its_region_within_a_second_and_no_other(world: World):
    with open_tab(world, "ben") as ben, open_tab(world, "eli") as eli, open_tab(world, "cho") as cho:
        talk = thread(world.shop, text="Is it in stock?")
        for tab in (ben, eli):
            heard = tab.hears("message.changed", seconds=1)
            assert heard["payload"]["content"] == {"text": "Is it in stock?"}
            assert tab.hears("conversation.changed", id=str(talk.pk), seconds=1)["payload"]["read_count"] is None
        abroad = thread(world.bureau, text="Bonjour")
        cho.hears("conversation.changed", id=str(abroad.pk))
        assert {event["stream"] for event in cho.events} == {world.europe}
        assert "Is it in stock?" not in str(cho.frames)


def test_somebody_in_both_regions_hears_both(world: World):
    with open_tab(world, "dee") as dee:
        thread(world.shop)
        dee.hears("conversation.changed")
        thread(world.bureau)
        dee.hears("conversation.changed")
    assert {event["stream"] for event in dee.events} == {world.asia, world.europe}


def test_who_loses_sight_hears_only_that_it_left(world: World):
    talk = thread(world.shop, text="A secret")
    with open_tab(world, "ben") as ben, open_tab(world, "cho") as cho, open_tab(world, "dee") as dee:
        move(talk, world.cast.europe)
        left = ben.hears("conversation.left")
        arrived = cho.hears("conversation.changed")
        dee.hears("conversation.changed")
        assert left["payload"] == {"id": str(talk.pk)}
        assert arrived["payload"]["last_message"]["text"] == "A secret"
        assert "secret" not in str(ben.frames)
        assert "conversation.left" not in kinds(dee), "Dee sees it before and after"


def test_who_reconnects_after_losing_sight_is_replayed_that_it_left_and_no_more(world: World):
    talk = thread(world.shop, text="A secret")
    cursor = StreamHead.objects.get(pk=world.asia).head
    move(talk, world.cast.europe)
    edit_contact(by=world.cast.access("dee"), contact_id=talk.contact_id, name="Renamed")
    with world.kefu.follow(world.cast.ben, {world.asia: cursor}) as ben:
        ben.heads()
        told = ben.upto(world.asia, StreamHead.objects.get(pk=world.asia).head)
    assert [event["kind"] for event in told if event["stream"] == world.asia] == [
        "conversation.left",
        "contact.changed",
    ]
    assert "secret" not in str(ben.frames)


def test_events_one_may_not_see_are_left_out_but_the_cursor_moves_on(world: World):
    """A conversation granted to Cho in Asia: she follows Asia's stream and hears of that one only."""
    granted, other = thread(world.shop), customer()
    thread(world.shop, other)
    assign_perm("inbox.see_conversation", world.cast.cho, granted)
    with open_tab(world, "cho") as cho:
        says(world.shop, other, message(other, content="not for Cho"))
        assign_conversation(by=world.cast.access("fay"), conversation_id=granted.pk, to=world.cast.ben.pk)
        told = cho.upto(world.asia, StreamHead.objects.get(pk=world.asia).head)
    heard = [event for event in told if event["stream"] == world.asia]
    assert [event["payload"]["id"] for event in heard] == [str(granted.pk)]
    assert "not for Cho" not in str(cho.frames)


def test_coming_into_a_region_is_heard_and_its_events_follow_on_the_same_connection(world: World):
    with open_tab(world, "ben") as ben:
        join_region(by=BY, user=world.cast.ben, region=world.cast.europe)
        ben.hears("access.changed")
        thread(world.bureau, text="Bonjour")
        assert ben.hears("message.changed")["payload"]["content"] == {"text": "Bonjour"}


def test_leaving_a_region_is_heard_and_its_events_stop_at_once(world: World):
    with open_tab(world, "dee") as dee:
        leave_region(by=BY, user=world.cast.dee, region=world.cast.asia)
        dee.hears("access.changed")
        thread(world.shop, text="no longer for Dee")
        thread(world.bureau)
        dee.hears("conversation.changed")
    assert {event["stream"] for event in dee.events} == {world.europe, f"person:{world.cast.dee.pk}"}
    assert "no longer for Dee" not in str(dee.frames)


def test_a_changed_level_is_heard(world: World):
    with open_tab(world, "ben") as ben:
        set_level(by=BY, user=world.cast.ben, level="senior")
        assert ben.hears("access.changed")["payload"] == {}


def test_signing_out_closes_the_sockets_of_that_session_and_no_other(world: World):
    from django.test import Client

    with open_tab(world, "ben") as here, open_tab(world, "ben") as there:
        browser = Client()
        browser.cookies["kefu_session"] = here.session_key
        assert browser.delete("/api/v1/session").status_code == 204
        assert here.closed_with(seconds=3) == 4401
        thread(world.shop)
        there.hears("conversation.changed")


def test_a_session_that_ended_in_silence_is_closed_by_the_next_heartbeat(world: World):
    beat_every(1)
    with open_tab(world, "ben") as ben:
        row_of_key(ben.session_key).delete()
        assert ben.closed_with(seconds=5) == 4401


def test_somebody_made_inactive_is_put_out_by_the_next_heartbeat(world: World):
    beat_every(1)
    with open_tab(world, "ben") as ben:
        User.objects.filter(pk=world.cast.ben.pk).update(is_active=False)
        assert ben.closed_with(seconds=5) == 4401


def test_a_nudge_that_got_lost_is_healed_by_the_next_heartbeat(world: World):
    """The rows of another process whose nudge never came: written here behind the channel layer's back."""
    beat_every(1)
    with open_tab(world, "ben") as ben:
        without_nudge(lambda: thread(world.shop, text="Quietly"))
        ben.hears("message.changed", seconds=5)
        beat = ben.until(lambda frame: frame["type"] == "heartbeat", seconds=5)
        assert beat["heads"][world.asia] == StreamHead.objects.get(pk=world.asia).head


def test_a_gap_before_a_nudge_is_read_with_it(world: World):
    with open_tab(world, "ben") as ben:
        without_nudge(lambda: thread(world.shop, text="Quietly"))
        thread(world.shop, text="Aloud")
        told = ben.upto(world.asia, StreamHead.objects.get(pk=world.asia).head)
    texts = [event["payload"]["content"]["text"] for event in told if event["kind"] == "message.changed"]
    assert texts == ["Quietly", "Aloud"]


def test_a_tab_that_does_not_read_loses_nothing(world: World):
    """It is not waited for; once it reads again, every number is there once and in order."""
    with open_tab(world, "ben") as slow, open_tab(world, "fay") as quick:
        for _ in range(60):
            thread(world.shop)
        head = StreamHead.objects.get(pk=world.asia).head
        quick.upto(world.asia, head)
        told = slow.upto(world.asia, head)
    assert [event["seq"] for event in told if event["stream"] == world.asia] == list(range(1, head + 1))


def test_two_nudges_for_the_same_rows_tell_them_once(world: World):
    from security.live.nudges import nudge

    with open_tab(world, "ben") as ben:
        thread(world.shop)
        head = StreamHead.objects.get(pk=world.asia).head
        for _ in range(5):
            nudge({world.asia: head})
        thread(world.shop)
        told = ben.upto(world.asia, head + 3)
    assert [event["seq"] for event in told if event["stream"] == world.asia] == list(range(1, head + 4))


def without_nudge(work: Any) -> None:
    """Run ``work`` with its writes told to nobody: the channel layer of this process loses the nudge."""
    from channels.layers import channel_layers
    from channels.layers import get_channel_layer as current

    class Deaf:
        async def group_send(self, group: str, told: dict[str, Any]) -> None:
            lost.append(told)

    lost: list[dict[str, Any]] = []
    layer = current()
    channel_layers.set("default", Deaf())
    try:
        work()
        from tests.worlds.waiting import until

        until(lambda: lost)
    finally:
        channel_layers.set("default", layer)
