"""One of everything, in Asia: what the permission matrix and the region isolation are tried on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from contacts.actions.edit import add_note
from contacts.actions.field_definitions import add_field
from contacts.actions.tags import add_tag
from contacts.models import (
    ConsentEntry,
    Contact,
    ContactExport,
    ContactMerge,
    Duplicate,
    Erasure,
    ExchangeSource,
    FieldDefinition,
    Import,
    Order,
    Rule,
    RuleRun,
    RuleTrial,
    Segment,
    Subscription,
    Tag,
)
from inbox.actions.assignments import assign_conversation
from inbox.actions.bin import delete_conversation
from inbox.actions.bulk import change_many
from inbox.actions.canned_replies import add_canned_reply
from inbox.actions.files import keep_upload
from inbox.actions.handovers import hand_over
from inbox.actions.internal_notes import delete_note, write_note
from inbox.actions.keyword_words import add_term
from inbox.actions.macro_runs import run_macro
from inbox.actions.macros import add_macro
from inbox.actions.outgoing import claim_next, record_failure
from inbox.actions.qa_choosing import choose_case
from inbox.actions.replies import send_text
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.actions.saved_views import add_saved_view
from inbox.actions.scheduled import schedule_reply
from inbox.models import (
    BulkDeed,
    CannedReply,
    Channel,
    Conversation,
    Deletion,
    Handover,
    HeldReply,
    InternalNote,
    KeywordTerm,
    Macro,
    MacroRun,
    Media,
    Message,
    QaReview,
    SavedView,
    ScheduledReply,
)
from security.access import access_of
from security.actions.access_requests import ask_for_access
from security.actions.grants import give_grant
from security.actions.people import add_person
from security.actions.reviews import draw_review
from security.actions.traineeships import start_traineeship
from security.models import AccessRequest, ApiKey, BrowserSession, Grant, KnownDevice, ReviewItem, TotpFactor, User
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.browsers import kept_session
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.exchange import exchange_rows
from tests.worlds.factors import fresh_access
from tests.worlds.imports import import_rows
from tests.worlds.privacy import privacy_rows
from tests.worlds.rules import rule_rows
from tests.worlds.segments import segment_rows
from tests.worlds.threads import fresh, only_message, thread


@dataclass
class Asia:
    """``request`` is Ben's, and so is ``grant``, which was ``drawn`` for review; ``reply``, ``deed``, ``view``,
    ``macro`` with its ``run``, and ``scheduled`` are Fay's own, and ``key`` is Dee's. ``held`` is of Gil, a trainee,
    whom the supervisors mentor; ``review`` is open and of a case of Ben's. ``note`` was deleted and ``handover`` passed
    on. ``export`` is Ana's own.

    ``talk`` is unassigned and open; ``failed`` may be sent again; ``picture`` is an upload with a thumbnail."""

    cast: Cast
    channel: Channel
    contact: Contact
    talk: Conversation
    question: Message
    failed: Message
    picture: Media
    reply: CannedReply
    deed: BulkDeed
    view: SavedView
    macro: Macro
    run: MacroRun
    scheduled: ScheduledReply
    request: AccessRequest
    grant: Grant
    drawn: ReviewItem
    note: InternalNote
    handover: Handover
    deletion: Deletion
    held: HeldReply
    review: QaReview
    export: ContactExport
    erasure: Erasure
    merge: ContactMerge
    job: Import
    duplicate: Duplicate
    key: ApiKey
    session: BrowserSession
    device: KnownDevice
    order: Order
    source: ExchangeSource
    subscription: Subscription
    term: KeywordTerm
    tag: Tag
    field: FieldDefinition
    segment: Segment
    rule: Rule
    firing: RuleRun
    trial: RuleTrial
    entry: ConsentEntry


def asia(cast: Cast) -> Asia:
    shop = channel(cast.asia)
    talk = thread(shop, customer("Mei Lin"), "Is the blue one in stock?")
    fay = cast.access("fay")
    send_text(by=fay, conversation_id=talk.pk, client_ref="failed-one", text="One moment")
    said = _said_to_colleagues(cast, talk)
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    record_failure(message=sending, code="attempts_used_up")
    said |= {"held": _held_reply(cast, talk), "review": _open_review(cast, talk)}
    Conversation.objects.for_system("nobody has it").filter(pk=talk.pk).update(assignee=None)
    add_note(by=fay, contact_id=talk.contact_id, text="Prefers mornings")
    grant = give_grant(
        by=BY, user=cast.ben, duty="data_protection", ends_at=timezone.now() + timedelta(hours=1), reason="Audit"
    )
    draw_review(by=BY, quarter="2026Q4", seed="asia")
    said |= _prepared(cast, talk) | privacy_rows(cast.ana, talk.contact) | import_rows(cast.dee, talk.contact)
    said |= _signed_in()
    said |= _kept(cast, talk) | exchange_rows(cast.asia, talk.contact)
    return Asia(
        cast=cast,
        channel=shop,
        contact=talk.contact,
        talk=fresh(talk),
        question=only_message(direction="in"),
        failed=fresh(sending),
        picture=keep_upload(by=fay, conversation_id=talk.pk, file=photo()),
        reply=add_canned_reply(by=fay, shortcut="hi", title="Hi", text="Hello"),
        deed=change_many(by=fay, client_ref="asia", deed="priority", ids=[talk.pk], values={"priority": "high"}),
        view=add_saved_view(by=fay, name="Urgent", filters={"priority": "urgent"}, region_id=None),
        request=ask_for_access(
            by=cast.access("ben"), permission="inbox.assign_conversation", reason="Fay is ill", hours=8
        ),
        grant=grant,
        drawn=ReviewItem.objects.get(grant=grant),
        key=ApiKey.objects.create(cast.dee, name="Shop", permissions=[], region_ids=[cast.asia.pk])[0],
        term=add_term(by=cast.access("dee"), region_id=cast.asia.pk, text="blue one"),
        deletion=binned(cast, thread(shop, customer("Gone"), "Delete me")),
        **said,
    )


def _kept(cast: Cast, talk: Conversation) -> dict[str, Any]:
    """What is kept of a contact besides what was said."""
    kept = card_rows(cast.asia.pk) | segment_rows(talk.contact)
    return kept | rule_rows(talk.contact, talk.pk, cast.eli)


def card_rows(region_id: int, word: str = "jade") -> dict[str, Any]:
    """A tag and a custom field."""
    field = add_field(by=BY, region_id=region_id, key="shoes", label=f"Shoes {word}", type="number")
    return {"tag": add_tag(by=BY, region_id=region_id, name=f"Likes {word}"), "field": field}


def _signed_in() -> dict[str, Any]:
    session = kept_session(User.objects.get(email="gil@kefu.test"))
    return {"session": session, "device": KnownDevice.objects.get(sessions=session)}


def _said_to_colleagues(cast: Cast, talk: Conversation) -> dict[str, Any]:
    """A note that was deleted and a handover that was passed on."""
    fay = cast.access("fay")
    note = write_note(by=fay, conversation_id=talk.pk, client_ref="note", text="Ask the warehouse")
    delete_note(by=fay, note_id=note.pk)
    summary = {"asked": "Is it in stock?", "done": "", "open": "Ask the warehouse"}
    handover = hand_over(by=fay, conversation_id=talk.pk, person=cast.dee.pk, summary=summary)
    hand_over(by=fay, conversation_id=talk.pk, person=cast.ana.pk, summary=summary)
    return {"note": note, "handover": handover}


def _prepared(cast: Cast, talk: Conversation) -> dict[str, Any]:
    """Fay's macro, which ran once, and her reply for tomorrow."""
    fay = cast.access("fay")
    macro = add_macro(by=fay, name="Press", steps=[{"kind": "priority", "priority": "normal"}])
    run = run_macro(by=fay, conversation_id=talk.pk, macro_id=macro.pk, client_ref="asia", values={})
    tomorrow, later = timezone.now() + timedelta(days=1), {"text": "Any news?"}
    scheduled = schedule_reply(
        by=fay, conversation_id=talk.pk, client_ref="later", send_at=tomorrow, kind="text", content=later
    )
    return {"macro": macro, "run": run, "scheduled": scheduled}


def binned(cast: Cast, talk: Conversation) -> Deletion:
    """``talk`` goes into the bin, by Dee."""
    deleted = delete_conversation(by=fresh_access(cast, "dee"), conversation_id=talk.pk, reason="Spam")
    TotpFactor.objects.filter(user=cast.dee).delete()  # nobody has a second factor, as at the start
    return deleted


def _held_reply(cast: Cast, talk: Conversation) -> HeldReply:
    """Gil had the conversation for a moment and answered."""
    gil = add_person(by=BY, email="gil@kefu.test", name="Gil", password=PASSWORD, level="agent", regions=[cast.asia])
    start_traineeship(by=BY, user=gil, holds_replies=True)
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=gil.pk)
    said = send_text(by=access_of(gil), conversation_id=talk.pk, client_ref="held-one", text="It is blue")
    return HeldReply.objects.for_system("the test looks").get(message=said)


def _open_review(cast: Cast, talk: Conversation) -> QaReview:
    """It was resolved, chosen, and taken up again."""
    rows = Conversation.objects.for_system("nobody has it").filter(pk=talk.pk)
    rows.update(assignee=cast.ben)
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    review = choose_case(by=cast.access("dee"), conversation_id=talk.pk)
    reopen_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    return review


def photo(name: str = "photo.jpg", *, size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(size=size, kind=kind))


def picture_bytes(*, size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> bytes:
    from io import BytesIO

    out = BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(out, kind)
    return out.getvalue()
