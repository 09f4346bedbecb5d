"""A contact with everything there can be of one, and its erasure."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from contacts.actions.edit import add_note, edit_contact
from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.models import Erasure
from inbox.actions.assignments import assign_conversation
from inbox.actions.files import keep_upload
from inbox.actions.internal_notes import write_note
from inbox.actions.replies import react, send_text
from inbox.models import Conversation
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import fresh, messages, thread

MEI = customer("Meilin Questera", bsuid="TW.55667788990011223344", username="meilin")
SECRETS = ["Questera", str(MEI.wa_id), str(MEI.bsuid), "tangerine", "cobalt", "velvet", "walnut"]


def everything_of_mei(cast: Cast) -> Conversation:
    """A contact with everything there can be of one."""
    ben, fay = cast.access("ben"), cast.access("fay")
    talk = thread(channel(cast.asia), MEI, "tangerine-question")
    assign_conversation(by=fay, conversation_id=talk.pk, to=cast.ben.pk)
    send_text(by=ben, conversation_id=talk.pk, client_ref="1", text="cobalt-answer")
    react(by=ben, conversation_id=talk.pk, client_ref="2", message_id=messages(talk)[0].pk, emoji="👍")
    write_note(by=ben, conversation_id=talk.pk, client_ref="3", text="velvet-note")
    keep_upload(by=ben, conversation_id=talk.pk, file=SimpleUploadedFile("walnut.txt", b"walnut"))
    edit_contact(by=ben, contact_id=talk.contact_id, name="Ms Questera")
    add_note(by=ben, contact_id=talk.contact_id, text="velvet-word")
    return talk


def erased(cast: Cast, talk: Conversation, **more: Any) -> Erasure:
    row = erase_contact(
        by=fresh_access(cast, "ana"),
        contact_id=talk.contact_id,
        **{"confirm": "Ms Questera", "reason": "Request 4711", **more},
    )
    carry_on_erasing()
    return fresh(row)
