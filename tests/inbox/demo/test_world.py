from collections import Counter, defaultdict
from datetime import timedelta

from django.utils import timezone

from contacts.models import Contact, ContactTag, FieldValue, Identity, Note, Order, Rule
from inbox.media_store import read_file
from inbox.models import (
    Assignment,
    CannedReply,
    Case,
    Channel,
    Conversation,
    Media,
    Message,
    Reaction,
    ReadMark,
    Resolution,
)
from security.models import Membership, StreamEvent, User

WHY = "looking at the whole demo world"


def everything(model):
    return model.objects.for_system(WHY)


def threads() -> dict:
    """Messages by conversation id, in thread order, without the reactions that show on their targets only."""
    found = defaultdict(list)
    for message in everything(Message).exclude(kind="reaction").order_by("at", "id"):
        found[message.conversation_id].append(message)
    return found


def test_it_holds_as_much_as_it_promises(world):
    assert User.objects.count() == 10
    assert everything(Channel).count() == 5
    assert everything(Contact).count() == 300
    assert everything(Conversation).count() == 400
    assert 8000 <= everything(Message).count() <= 8300
    assert everything(Note).count() >= 20
    sizes = sorted(len(messages) for messages in threads().values())
    assert sizes[-5] >= 200, "some threads are long"
    assert sizes[len(sizes) // 2] <= 12, "most are short"


def test_two_in_five_conversations_are_resolved_and_some_nobody_has_taken(world):
    states = Counter(everything(Conversation).values_list("state", flat=True))
    assert 0.36 <= states["resolved"] / 400 <= 0.44
    waiting = everything(Conversation).filter(state="open", assignee=None, waiting_since__isnull=False)
    assert waiting.count() >= 30
    # Eli answers nobody, Ina has only begun, and Joy looks after the money.
    for person in User.objects.exclude(name__in=("Eli", "Ina", "Joy")):
        assert everything(Conversation).filter(state="open", assignee=person).count() >= 5, person.name


def test_everything_can_be_decrypted(world):
    assert all(message.content or message.kind in ("image", "sticker", "document") for message in everything(Message))
    assert all(contact.profile["profile_name"] for contact in everything(Contact))
    assert all(identity.value for identity in everything(Identity))
    assert all(note.text for note in everything(Note))
    assert all(reaction.emoji for reaction in everything(Reaction))
    assert all(channel.credentials["app_secrets"] for channel in everything(Channel))


def test_a_few_customers_are_known_without_a_number(world):
    with_number = set(everything(Identity).filter(kind="wa_id").values_list("contact_id", flat=True))
    without = [contact for contact in everything(Contact) if contact.pk not in with_number]
    assert 5 <= len(without) <= 25
    assert all(contact.profile["username"] for contact in without)


def test_conversations_agree_with_their_messages(world):
    messages = threads()
    cases = Counter(everything(Case).values_list("conversation_id", flat=True))
    reactions = defaultdict(list)
    for reaction in everything(Reaction).filter(side="contact"):
        reactions[reaction.conversation_id].append(reaction.at)
    for thread in everything(Conversation):
        # What waits for a mentor, or was rejected by one, was not said.
        said = [message for message in messages[thread.pk] if message.status not in ("held", "rejected")]
        inbound = [message for message in said if message.direction == "in"]
        answers = [message.at for message in said if message.direction == "out" and message.author_id]
        case = [message for message in inbound if message.case_id == said[-1].case_id and message.kind != "system"]
        waiting = [message.at for message in case if not answers or message.at > answers[-1]]
        assert thread.inbound_count == len(inbound)
        assert thread.last_message_id == said[-1].pk
        assert thread.last_activity_at == said[-1].at
        assert thread.last_inbound_at == max([inbound[-1].at, *reactions[thread.pk]])
        assert thread.waiting_since == (waiting[0] if waiting and thread.state != "resolved" else None)
        assert thread.case_count == cases[thread.pk] == said[-1].case.number


def test_who_has_a_conversation_is_who_was_given_it(world):
    running = dict(everything(Assignment).filter(ended_at=None).values_list("conversation_id", "assignee_id"))
    for thread in everything(Conversation).filter(state="open"):
        assert running.get(thread.pk) == thread.assignee_id
    assert everything(Assignment).count() > 400


def test_what_is_resolved_has_a_standing_resolution(world):
    standing = set(everything(Resolution).filter(reopened_at=None).values_list("case_id", flat=True))
    for thread in everything(Conversation):
        last = everything(Case).get(conversation=thread, number=thread.case_count)
        assert (last.pk in standing) == (thread.state == "resolved")
    assert everything(Resolution).exclude(reopened_at=None).exists(), "some did not hold"


def test_the_past_lies_within_sixty_days_and_not_in_the_future(world):
    now = timezone.now()
    times = list(everything(Message).values_list("at", flat=True))
    assert now - timedelta(days=61) < min(times)
    assert max(times) <= now
    rows = everything(Message).select_related("channel")
    assert all(row.channel.live_since < row.at for row in rows)
    for field in ("sent_at", "delivered_at", "read_at", "failed_at"):
        assert not everything(Message).filter(**{f"{field}__gt": now}).exists()


def test_some_numbers_are_new_and_some_are_not(world):
    ages = [timezone.now() - channel.live_since for channel in everything(Channel)]
    assert min(ages) < timedelta(days=30) < max(ages)


def test_somebody_wrote_minutes_ago_and_is_unread(world):
    recent = everything(Conversation).filter(waiting_since__gt=timezone.now() - timedelta(hours=1))
    assert recent.count() >= 10
    ben = User.objects.get(email="ben@kefu.demo")
    marks = dict(everything(ReadMark).filter(reader=ben).values_list("conversation_id", "read_count"))
    mine = everything(Conversation).filter(assignee=ben, state="open")
    unread = [thread for thread in mine if thread.inbound_count > marks.get(thread.pk, 0)]
    assert 3 <= len(unread) < mine.count()
    assert all(count <= everything(Conversation).get(pk=pk).inbound_count for pk, count in marks.items())


def test_answers_come_from_people_of_the_region_within_the_window(world):
    members = set(Membership.objects.values_list("user_id", "region_id"))
    regions = dict(everything(Conversation).values_list("pk", "region_id"))
    for pk, messages in threads().items():
        asked_at = None
        for message in messages:
            if message.direction == "in":
                asked_at = message.at
                continue
            assert message.author_id is None or (message.author_id, regions[pk]) in members
            if message.kind != "template" and message.status != "failed":
                assert asked_at is not None and message.at - asked_at < timedelta(hours=24)
    assert not everything(Message).filter(author__email__startswith="eli").exists(), "observers answer nobody"


def test_every_tick_and_the_common_failures_occur(world):
    statuses = Counter(everything(Message).values_list("status", flat=True))
    assert {"received", "accepted", "sent", "delivered", "read", "failed", "unconfirmed"} <= set(statuses)
    assert statuses["read"] > statuses["delivered"] > statuses["failed"]
    codes = set(everything(Message).filter(status="failed").values_list("error_code", flat=True))
    assert {"131047", "131026"} <= codes
    for message in everything(Message).filter(status="read"):
        assert message.at <= message.sent_at <= message.delivered_at <= message.read_at


def test_many_kinds_of_message_occur(world):
    kinds = Counter(everything(Message).values_list("kind", flat=True))
    said = {"text", "image", "document", "sticker", "location", "contacts", "interactive", "button", "template"}
    assert said | {"order", "system", "unsupported", "reaction"} == set(kinds)
    assert everything(Message).exclude(quoted=None).count() > 50
    assert everything(Reaction).filter(side="contact").count() > 100
    assert everything(Reaction).filter(side="team").count() > 20


def test_about_every_seventh_message_is_english(world):
    texts = [m.content["text"] for m in everything(Message).filter(kind="text")]
    english = [text for text in texts if text.isascii() and " " in text]
    assert 0.08 < len(english) / len(texts) < 0.22


def test_texts_repeat_little_and_leave_nothing_unfilled(world):
    texts = [m.content["text"] for m in everything(Message).filter(kind="text")]
    assert not [text for text in texts if any(sign in text for sign in "{}<>|")]
    long = Counter(text for text in texts if len(text) > 14)
    assert max(long.values()) <= 30
    assert len(long) > 0.75 * sum(long.values())


def test_files_are_stored_sealed_and_read_back_whole(world):
    ready = list(everything(Media).filter(state="ready").order_by("id"))
    assert len(ready) > 400
    assert {"image/jpeg", "image/webp", "application/pdf"} == {media.mime_type for media in ready}
    for media in ready[::20]:
        content = read_file(media, media.file)
        assert len(content) == media.size
        assert content[:4] not in (world / "media" / media.file).read_bytes()[:64]
        if media.kind != "document":
            assert read_file(media, media.thumbnail, part="thumbnail")
    assert everything(Media).filter(state="failed").exists(), "one was lost"


def test_each_team_has_prepared_answers_in_both_languages(world):
    for region in Membership.objects.values_list("region_id", flat=True).distinct():
        texts = [reply.text for reply in everything(CannedReply).filter(region_id=region, owner=None)]
        assert len(texts) >= 10
        assert any(text.isascii() for text in texts) and not all(text.isascii() for text in texts)
        assert not [text for text in texts if "<" in text]


def test_history_is_not_told_on_the_live_stream(world):
    """Only the newcomer's few days and what is risky happen by the ordinary deeds, which tell."""
    told = StreamEvent.objects.filter(kind__in=("message.changed", "conversation.changed")).count()
    assert told <= 150 < everything(Message).count()


def test_cards_of_every_region_have_tags_fields_and_orders(world):
    for region in Membership.objects.values_list("region_id", flat=True).distinct():
        tagged = everything(ContactTag).filter(contact__region_id=region, run_id=None)
        assert len(set(tagged.values_list("tag__name", flat=True))) >= 2
        filled = everything(FieldValue).filter(contact__region_id=region)
        assert len(set(filled.values_list("definition__key", flat=True))) >= 3
        bought = everything(Order).filter(region_id=region)
        assert bought.filter(contact__in=filled.values("contact")).exists()
        assert not bought.filter(contact__last_seen_at=None).exists(), "only those who wrote have bought"


def test_the_shipped_rules_are_on_and_have_their_template(world):
    regions = Membership.objects.values("region").distinct().count()
    on = everything(Rule).exclude(shipped="").filter(is_on=True)
    assert (on.count(), on.filter(shipped="dormant").count()) == (6 * regions, regions)
