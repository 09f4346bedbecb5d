"""One of everything, in Asia: what the permission matrix and the region isolation are tried on."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from contacts.actions.edit import add_note
from contacts.models import Contact
from inbox.actions.bulk import change_many
from inbox.actions.canned_replies import add_canned_reply
from inbox.actions.files import keep_upload
from inbox.actions.macro_runs import run_macro
from inbox.actions.macros import add_macro
from inbox.actions.outgoing import claim_next, record_failure
from inbox.actions.replies import send_text
from inbox.actions.saved_views import add_saved_view
from inbox.actions.scheduled import schedule_reply
from inbox.models import (
    BulkDeed,
    CannedReply,
    Channel,
    Conversation,
    Macro,
    MacroRun,
    Media,
    Message,
    SavedView,
    ScheduledReply,
)
from security.actions.access_requests import ask_for_access
from security.actions.grants import give_grant
from security.actions.reviews import draw_review
from security.models import AccessRequest, Grant, ReviewItem
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, only_message, thread


@dataclass
class Asia:
    """``request`` is Ben's, and so is ``grant``, which was ``drawn`` for review; ``reply``, ``deed``, ``view``,
    ``macro`` with its ``run``, and ``scheduled`` are Fay's own.

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


def asia(cast: Cast) -> Asia:
    shop = channel(cast.asia)
    talk = thread(shop, customer("Mei Lin"), "Is the blue one in stock?")
    fay = cast.access("fay")
    send_text(by=fay, conversation_id=talk.pk, client_ref="failed-one", text="One moment")
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    record_failure(message=sending, code="attempts_used_up")
    Conversation.objects.for_system("nobody has it").filter(pk=talk.pk).update(assignee=None)
    add_note(by=fay, contact_id=talk.contact_id, text="Prefers mornings")
    grant = give_grant(
        by=BY, user=cast.ben, duty="data_protection", ends_at=timezone.now() + timedelta(hours=1), reason="Audit"
    )
    draw_review(by=BY, quarter="2026Q4", seed="asia")
    macro = add_macro(by=fay, name="Press", steps=[{"kind": "priority", "priority": "normal"}])
    run = run_macro(by=fay, conversation_id=talk.pk, macro_id=macro.pk, client_ref="asia", values={})
    tomorrow, later = timezone.now() + timedelta(days=1), {"kind": "text", "content": {"text": "Any news?"}}
    scheduled = schedule_reply(by=fay, conversation_id=talk.pk, client_ref="later", send_at=tomorrow, **later)
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
        macro=macro,
        run=run,
        scheduled=scheduled,
        request=ask_for_access(
            by=cast.access("ben"), permission="inbox.assign_conversation", reason="Fay is ill", hours=8
        ),
        grant=grant,
        drawn=ReviewItem.objects.get(grant=grant),
    )


def photo(name: str = "photo.jpg", *, size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(size=size, kind=kind))


def picture_bytes(*, size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> bytes:
    from io import BytesIO

    out = BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(out, kind)
    return out.getvalue()
