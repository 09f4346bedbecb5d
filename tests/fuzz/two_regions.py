"""One of everything in two regions. What is Europe's bears a mark, and nobody who works in Asia alone may read it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.actions.custom_fields import set_field
from contacts.actions.edit import add_note
from contacts.actions.tagging import tag_contact
from contacts.models import Contact, Note
from inbox.actions.assignments import assign_conversation
from inbox.actions.bulk import change_many
from inbox.actions.canned_replies import add_canned_reply
from inbox.actions.files import keep_upload
from inbox.actions.handovers import hand_over
from inbox.actions.holding import comment_held
from inbox.actions.internal_notes import write_note
from inbox.actions.macro_runs import run_macro
from inbox.actions.macros import add_macro
from inbox.actions.outgoing import claim_next, record_failure
from inbox.actions.qa_choosing import choose_case
from inbox.actions.qa_reviews import score_case
from inbox.actions.replies import react, send_text
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.actions.saved_views import add_saved_view
from inbox.actions.scheduled import schedule_reply
from inbox.models import (
    CannedReply,
    Case,
    Channel,
    Conversation,
    Deletion,
    Handover,
    HeldReply,
    InternalNote,
    Media,
    Message,
)
from security.access import Access, access_of
from security.actions.access_requests import ask_for_access
from security.actions.grants import give_grant
from security.actions.people import add_person
from security.actions.reviews import draw_review
from security.actions.traineeships import start_traineeship
from security.ids import new_id
from security.models import ApiKey, Region, ReviewItem, User
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.asia import card_rows, photo
from tests.worlds.browsers import kept_session
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.exchange import exchange_rows
from tests.worlds.imports import import_rows
from tests.worlds.keywords import keyword_rows
from tests.worlds.privacy import privacy_rows
from tests.worlds.rules import rule_rows
from tests.worlds.segments import segment_rows
from tests.worlds.threads import fresh, messages, thread

MARK = "Quelltopas"
LEVELS = ("observer", "agent", "senior", "supervisor", "admin")
_WHY = "the test looks"
_NUMBERED = ("assignee", "region", "region_id", "user_id")


@dataclass
class Possessions:
    """What a region has, as ``{kind: [id, …]}`` under the names of the API's parameters."""

    region: Region
    channel: Channel
    talk: Conversation
    ids: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class TwoRegions:
    """``people`` are the five levels of Asia, none of whom works anywhere else."""

    cast: Cast
    people: dict[str, User]
    asia: Possessions
    europe: Possessions
    nobody: UUID

    def pool(self, kind: str) -> list[Any]:
        """Ids of ``kind`` to try: ours, theirs, and one that never was."""
        never = 2**31 - 1 if kind in _NUMBERED else self.nobody
        return [*self.asia.ids[kind], *self.europe.ids[kind], never]

    @property
    def forbidden(self) -> list[str]:
        """Every text that would tell of Europe."""
        ids = [str(pk) for pks in self.europe.ids.values() for pk in pks if isinstance(pk, UUID)]
        return [MARK, self.europe.channel.phone, self.europe.channel.phone_number_id, *ids]

    @property
    def of_customers(self) -> list[str]:
        """What Europe's customers are called and wrote, and what was written to and of them."""
        said = ("Klara {}", "Mei {}", "Is the {}", "Nobody answered {}", "moment, {}", "Still {}", "colleagues: {}")
        return [one.format(MARK) for one in (*said, "Likes {}", "Order {}", "Hello {}")]


def two_regions(cast: Cast) -> TwoRegions:
    Region.objects.filter(pk=cast.europe.pk).update(name=f"Europe {MARK}")
    User.objects.filter(pk=cast.cho.pk).update(name=f"Cho {MARK}")
    both = customer("Mei Lin")
    ours = _furnished(cast.asia, cast.access("fay"), both, taker=cast.dee, word="jade")
    known_elsewhere = Customer(f"Mei {MARK}", both.wa_id, both.bsuid)
    theirs = _furnished(cast.europe, cast.access("cho"), known_elsewhere, taker=cast.dee, word=MARK)
    people = {"observer": cast.eli, "agent": cast.ben, "senior": cast.fay}
    ours.ids |= _learning(ours, cast.ben, word="jade")
    theirs.ids |= _learning(theirs, cast.cho, word=MARK)
    for level in ("supervisor", "admin"):
        people[level] = add_person(
            by=BY, email=f"{level}@kefu.test", name=level, password=PASSWORD, level=level, regions=[cast.asia]
        )
    _give_rights(ours, asker=cast.ben, holder=cast.fay, word="jade")
    _give_rights(theirs, asker=cast.cho, holder=cast.cho, word=MARK)
    draw_review(by=BY, quarter="2026Q4", seed="fuzz")
    for place, staff in ((ours, list(people.values())), (theirs, [cast.cho])):
        drawn = ReviewItem.objects.filter(holder__in=staff).values_list("pk", flat=True)
        ids = [user.pk for user in staff]
        place.ids |= {"assignee": ids, "user_id": ids, "item_id": list(drawn)}
        sessions = [kept_session(user) for user in staff]
        devices = [row.known_device_id for row in sessions]
        place.ids |= {"session_id": [row.pk for row in sessions], "device_id": devices, "passkey_id": []}
    return TwoRegions(cast, people, ours, theirs, new_id())


def _give_rights(place: Possessions, *, asker: User, holder: User, word: str) -> None:
    """A request that waits, and a duty for a time."""
    asked = ask_for_access(by=access_of(asker), permission="inbox.manage_channel", reason=f"For the {word}", hours=8)
    until = timezone.now() + timedelta(hours=1)
    grant = give_grant(by=BY, user=holder, duty="data_protection", ends_at=until, reason=f"Counts the {word}")
    key, _secret = ApiKey.objects.create(holder, name=f"Key of the {word}", permissions=[], region_ids=[])
    place.ids |= {"request_id": [asked.pk], "grant_id": [grant.pk], "key_id": [key.public_id]}


def _learning(place: Possessions, finisher: User, *, word: str) -> dict[str, list[Any]]:
    """A trainee whose reply waits, with a word of a supervisor on it, and a case that was reviewed."""
    who: dict[str, Any] = {"email": f"trainee{place.region.pk}@kefu.test", "name": f"Gil {word}", "password": PASSWORD}
    gil = add_person(by=BY, **who, level="agent", regions=[place.region])
    lead: dict[str, Any] = {"email": f"lead{place.region.pk}@kefu.test", "name": f"Lou {word}", "password": PASSWORD}
    lou = access_of(add_person(by=BY, **lead, level="supervisor", regions=[place.region]))
    start_traineeship(by=BY, user=gil, holds_replies=True)
    assign_conversation(by=lou, conversation_id=place.talk.pk, to=gil.pk)
    said = send_text(by=access_of(gil), conversation_id=place.talk.pk, client_ref="held", text=f"It is {word}")
    held = HeldReply.objects.for_system(_WHY).get(message=said)
    comment_held(by=lou, held_id=held.pk, text=f"Which {word}?")
    Conversation.objects.for_system(_WHY).filter(pk=place.talk.pk).update(assignee=finisher)
    resolve_conversation(by=access_of(finisher), conversation_id=place.talk.pk)
    review = choose_case(by=lou, conversation_id=place.talk.pk)
    marks = {"correctness": 5, "tone": 5, "speed": 5, "policy": 1}
    score_case(by=lou, review_id=review.pk, marks=marks, summary=f"Knows {word}", remarks=[(said.pk, f"Good {word}")])
    reopen_conversation(by=access_of(finisher), conversation_id=place.talk.pk)
    Conversation.objects.for_system(_WHY).filter(pk=place.talk.pk).update(assignee=None)
    place.talk = fresh(place.talk)
    return {"held_id": [held.pk], "review_id": [review.pk]}


def _furnished(region: Region, who: Access, mei: Customer, *, taker: User, word: str) -> Possessions:
    shop = channel(region, name=f"Shop {word}")
    other = thread(shop, customer(f"Klara {word}"), f"Nobody answered {word}")
    talk = thread(shop, mei, f"Is the {word} in stock?")
    question = messages(talk)[0]
    send_text(by=who, conversation_id=talk.pk, client_ref="failed-one", text=f"One moment, {word}")
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    record_failure(message=sending, code="attempts_used_up")
    react(by=who, conversation_id=talk.pk, client_ref="reaction", message_id=question.pk, emoji="👍")
    send_text(by=who, conversation_id=talk.pk, client_ref="waiting", text=f"Still {word}", reply_to=question.pk)
    write_note(by=who, conversation_id=talk.pk, client_ref="note", text=f"Only for colleagues: {word}")
    summary = {"asked": f"Is there {word}?", "done": "", "open": f"Order {word}"}
    hand_over(by=who, conversation_id=talk.pk, person=taker.pk, summary=summary)
    Conversation.objects.for_system(_WHY).filter(pk=talk.pk).update(assignee=None)
    add_note(by=who, contact_id=talk.contact_id, text=f"Likes {word}")
    keep_upload(by=who, conversation_id=talk.pk, file=photo(f"{word}.jpg"))
    add_canned_reply(by=who, shortcut="hi", title=f"Hi {word}", text=f"Hello {word}")
    priority = {"priority": "high"}
    deed = change_many(by=who, client_ref=f"deed {word}", deed="priority", ids=[talk.pk], values=priority)
    view = add_saved_view(by=who, name=f"View of {word}", filters=priority, region_id=None)
    deletion = _binned(shop, who, word)
    macro = add_macro(by=who, name=f"Macro {word}", steps=[{"kind": "note", "text": f"About {word}"}])
    run = run_macro(by=who, conversation_id=talk.pk, macro_id=macro.pk, client_ref=f"run {word}", values={})
    tomorrow, later = timezone.now() + timedelta(days=1), {"text": f"More {word}"}
    waits = schedule_reply(
        by=who, conversation_id=talk.pk, client_ref="later", send_at=tomorrow, kind="text", content=later
    )
    more = {"deed_id": [deed.pk], "view_id": [view.pk], "macro_id": [macro.pk], "run_id": [run.pk],
            "scheduled_id": [waits.pk], "deletion_id": [deletion.pk]}  # fmt: skip
    more |= _on_card(region, who, talk, word) | _brought(taker, talk, word)
    return Possessions(region, shop, fresh(talk), _ids(region, other) | more)


def _binned(shop: Channel, who: Access, word: str) -> Deletion:
    gone = thread(shop, customer(f"Gone {word}"), f"Delete the {word}")
    deletion: Deletion = Deletion.objects.create(
        conversation=gone, key_id=gone.contact.key_id, reason=f"Spam of {word}", state="binned", state_before="open",
        asked_by_id=who.user_id, asked_at=timezone.now(), binned_at=timezone.now(),
        purge_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    Conversation.objects.for_system(_WHY).filter(pk=gone.pk).update(state="binned")
    return deletion


def _brought(taker: User, talk: Conversation, word: str) -> dict[str, list[Any]]:
    rows = import_rows(taker, talk.contact, word=word)
    outside = exchange_rows(talk.contact.region, talk.contact, word=word)
    term = keyword_rows(talk.contact.region, taker, text=f"about {word}")
    kept = segment_rows(talk.contact, word=word) | privacy_rows(taker, talk.contact, word=word)
    told = kept | rule_rows(talk.contact, talk.pk, taker, word=word)
    more = {f"{name}_id": [row.pk] for name, row in told.items()}
    more |= {f"{name}_id": [row.pk] for name, row in outside.items()}
    return {"import_id": [rows["job"].pk], "duplicate_id": [rows["duplicate"].pk], "term_id": [term.pk], **more}


def _on_card(region: Region, who: Access, talk: Conversation, word: str) -> dict[str, list[Any]]:
    card = card_rows(region.pk, word)
    tag, field = card["tag"].pk, card["field"].pk
    tag_contact(by=who, contact_id=talk.contact_id, tag_id=tag)
    set_field(by=who, contact_id=talk.contact_id, definition_id=field, value="42")
    return {"tag_id": [tag], "field_id": [field], "tag": [tag]}


def _ids(region: Region, other: Conversation) -> dict[str, list[Any]]:
    def all_of(model: Any, **which: Any) -> list[Any]:
        return list(model.objects.for_system(_WHY).filter(**which).order_by("pk").values_list("pk", flat=True))

    talks, people = all_of(Conversation, region=region), all_of(Contact, region=region, gone="")
    message_ids = all_of(Message, conversation__in=talks)
    files = all_of(Media, conversation__in=talks)
    channels = all_of(Channel, region=region)
    return {
        "conversation_id": talks,
        "contact_id": people,
        "message_id": message_ids,
        "media_id": files,
        "note_id": all_of(InternalNote, conversation__in=talks),
        "handover_id": all_of(Handover, conversation__in=talks),
        "uploads": files,
        "conversation": talks,
        "reply_id": all_of(CannedReply, region=region),
        "note": all_of(Note, contact__in=people),
        "case": all_of(Case, conversation__in=talks),
        "channel": channels,
        "channel_id": channels,
        "contact": people,
        "merged": people,
        "region": [region.pk],
        "region_id": [region.pk],
        "upload": files,
        "message": message_ids,
        "reply_to": message_ids,
    }
