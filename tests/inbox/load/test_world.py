from collections import Counter, defaultdict
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from contacts.models import Contact, Identity, Note
from inbox.media_store import read_file
from inbox.models import Assignment, Case, Channel, Conversation, Media, Message, Reaction, ReadMark, Resolution
from security.encryption.blind_index import blind
from security.ids import new_id
from security.levels import LEVEL_NAMES
from security.models import Membership, StreamEvent, User
from tests.inbox.load.conftest import WISHES

WHY = "looking at the whole load world"


def everything(model):
    return model.objects.for_system(WHY)


def threads() -> dict:
    found = defaultdict(list)
    for message in everything(Message).exclude(kind="reaction").order_by("at", "id"):
        found[message.conversation_id].append(message)
    return found


def test_it_holds_as_much_as_was_wished(world):
    assert User.objects.count() == WISHES.people
    assert everything(Conversation).count() == WISHES.conversations
    assert everything(Message).exclude(kind="reaction").count() == WISHES.messages
    levels = Counter(User.objects.values_list("groups__name", flat=True))
    assert set(levels) == set(LEVEL_NAMES)
    assert everything(Channel).count() == 5


def test_most_threads_are_short_and_a_few_are_very_long(world):
    sizes = sorted(len(messages) for messages in threads().values())
    assert 5 <= sizes[len(sizes) // 2] <= 15
    assert sizes[-1] > 200
    assert sum(sizes[-5:]) > 0.3 * WISHES.messages


def test_everything_can_be_decrypted_and_found(world):
    assert all(message.content or message.kind in ("image", "sticker", "document") for message in everything(Message))
    assert all(contact.profile["profile_name"] for contact in everything(Contact))
    assert all(note.text for note in everything(Note))
    assert all(reaction.emoji for reaction in everything(Reaction))
    assert everything(Note).exists()
    for identity in everything(Identity):
        spelled = f"{identity.portfolio}/{identity.value}" if identity.kind == "bsuid" else identity.value
        assert bytes(identity.digest) == blind(spelled, kind=identity.kind, region_id=identity.region_id)


def test_conversations_agree_with_their_messages(world):
    messages = threads()
    cases = Counter(everything(Case).values_list("conversation_id", flat=True))
    reactions = defaultdict(list)
    for reaction in everything(Reaction).filter(side="contact"):
        reactions[reaction.conversation_id].append(reaction.at)
    for thread in everything(Conversation):
        said = messages[thread.pk]
        inbound = [message for message in said if message.direction == "in"]
        answers = [message.at for message in said if message.direction == "out" and message.author_id]
        case = [message for message in inbound if message.case_id == said[-1].case_id and message.kind != "system"]
        waiting = [message.at for message in case if not answers or message.at > answers[-1]]
        assert thread.inbound_count == len(inbound)
        assert thread.last_message_id == said[-1].pk
        assert thread.last_activity_at == said[-1].at
        assert thread.last_inbound_at == max([inbound[-1].at, *reactions[thread.pk]])
        assert thread.waiting_since == (waiting[0] if waiting and thread.state == "open" else None)
        assert thread.case_count == cases[thread.pk] == said[-1].case.number
        assert said[0].direction == "in"


def test_cases_know_their_first_answer(world):
    first = {}
    for message in everything(Message).filter(direction="out", author__isnull=False).order_by("-at"):
        if message.kind != "reaction":
            first[message.case_id] = message.at
    for case in everything(Case):
        assert case.first_reply_at == first.get(case.pk)


def test_who_has_a_conversation_is_who_was_given_it(world):
    running = dict(everything(Assignment).filter(ended_at=None).values_list("conversation_id", "assignee_id"))
    for thread in everything(Conversation):
        assert running.get(thread.pk) == thread.assignee_id
    assert not [row for row in everything(Assignment) if row.ended_at and row.ended_at < row.assigned_at]


def test_what_is_resolved_has_a_standing_resolution(world):
    standing = set(everything(Resolution).filter(reopened_at=None).values_list("case_id", flat=True))
    states = set()
    for thread in everything(Conversation):
        last = everything(Case).get(conversation=thread, number=thread.case_count)
        assert (last.pk in standing) == (thread.state == "resolved")
        states.add(thread.state)
    assert states == {"open", "resolved"}


def test_the_past_is_past_and_outgoing_messages_come_within_the_window(world):
    now = timezone.now()
    members = set(Membership.objects.values_list("user_id", "region_id"))
    regions = dict(everything(Conversation).values_list("pk", "region_id"))
    for pk, messages in threads().items():
        asked_at = None
        for message in messages:
            assert now - timedelta(days=185) < message.at <= now
            if message.direction == "in":
                asked_at = message.at
            elif message.kind != "template" and message.status != "failed":
                assert message.at - asked_at < timedelta(hours=24)
            assert message.author_id is None or (message.author_id, regions[pk]) in members
    for field in ("sent_at", "delivered_at", "read_at", "failed_at"):
        assert not everything(Message).filter(**{f"{field}__gt": now}).exists()


def test_ticks_kinds_and_quotes_occur(world):
    statuses = Counter(everything(Message).values_list("status", flat=True))
    assert statuses["read"] > statuses["delivered"] > statuses["failed"] > 0
    for message in everything(Message).filter(status="read"):
        assert message.at <= message.sent_at <= message.delivered_at <= message.read_at
    kinds = set(everything(Message).values_list("kind", flat=True))
    assert {"text", "image", "document", "location", "template", "interactive", "reaction"} <= kinds
    assert everything(Message).exclude(quoted=None).exists()
    assert everything(Message).filter(quoted=None).exclude(quoted_ref="").count() == 0
    assert not [m for m in everything(Message).exclude(quoted=None) if m.quoted.conversation_id != m.conversation_id]


def test_nobody_has_read_more_than_there_is(world):
    for mark in everything(ReadMark).select_related("conversation"):
        assert 0 < mark.read_count <= mark.conversation.inbound_count


def test_recent_files_are_stored_and_older_ones_only_known(world):
    rows = list(everything(Media))
    stored = [media for media in rows if media.file]
    assert len(stored) < len(rows)
    for media in stored:
        assert len(read_file(media, media.file)) == media.size
        assert not media.thumbnail or read_file(media, media.thumbnail, part="thumbnail")


def test_new_rows_fit_in(world):
    """Sequences, constraints and the stream are as if the product had written all of it."""
    thread = everything(Conversation).first()
    Case.objects.create(conversation=thread, number=thread.case_count + 1, opened_at=timezone.now())
    assert not StreamEvent.objects.filter(kind__in=("message.changed", "conversation.changed")).exists()
    assert new_id().hex > max(pk.hex for pk in everything(Message).values_list("pk", flat=True))
    connection.check_constraints()
