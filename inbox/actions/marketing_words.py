"""Somebody writes, and nothing else, that they stop marketing or want it again (SR-2): done in the transaction of their
message, and confirmed once."""

from collections.abc import Sequence

from contacts.actions.consent import take_word
from contacts.consent.words import words_of
from inbox.actions.service_messages import say_by_itself
from inbox.models import Message
from inbox.whatsapp.stop_words import words_in
from security.access import System
from security.errors import Refusal
from security.writing import Change

_BY = System("consent words")


def take_marketing_words(change: Change, region_id: int, rows: Sequence[Message]) -> None:
    """New messages of customers, in their order; their conversations are locked. A repetition is confirmed no more, and
    where nothing may be sent now nothing is said: what they asked for holds all the same."""
    words = words_of(region_id)
    for row in rows:
        said = words_in(row.kind, row.content)
        way = words.way_of(said)
        if not way:
            continue
        contact = row.conversation.contact
        entry = take_word(by=_BY, contact_id=contact.pk, way=way, said=said[0], at=row.at)
        if entry is None or not words.confirms:
            continue
        text = words.reply_to(way, text=said[0], language=contact.language)
        try:
            say_by_itself(change, _BY, row.conversation, ref=f"consent:{entry.pk}", kind="text", content={"text": text})
        except Refusal:
            continue
