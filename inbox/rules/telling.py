"""Saying to the rules what happened here, within the write in which it did."""

from collections.abc import Callable, Sequence
from typing import Any

from contacts.conditions.facts import Subject
from contacts.rules.happening import tell_rules
from contacts.rules.sieve import AtHand
from inbox.models import Case, Message, Resolution
from inbox.risk.texts import written_in
from security.writing import Change


def tell_rules_of_messages(change: Change, region_id: int, rows: Sequence[Message]) -> None:
    """The last thing of the write that stored them."""
    told = [of_message(row, row.conversation.contact_id) for row in rows]
    tell_rules(change, "message.received", region_id, told, _at_hand(rows))


def tell_rules_of_cases(change: Change, region_id: int, cases: Sequence[Case], rows: Sequence[Message]) -> None:
    """With the message that opened each."""
    first = {row.conversation_id: row for row in reversed(rows)} if cases else {}
    opening = [first[case.conversation_id] for case in cases]
    told = [of_case(case, case.conversation.contact_id, str(row.pk)) for case, row in zip(cases, opening, strict=True)]
    tell_rules(change, "conversation.opened", region_id, told, _at_hand(opening))


# What a message just stored tells of facts, without a look at the database.
_TOLD: dict[str, Callable[[Message], Any]] = {
    "message.text": lambda row: written_in(row.kind, row.content),
    "message.kind": lambda row: row.kind,
    "conversation.channel": lambda row: str(row.channel_id),
}


def _at_hand(rows: Sequence[Message]) -> AtHand:
    def values(fact: str) -> list[Any] | None:
        told = _TOLD.get(fact)
        return None if told is None else [told(row) for row in rows]

    return AtHand(values, at_rest=True)


def tell_rules_of_end(change: Change, row: Resolution) -> None:
    talk = row.conversation
    tell_rules(change, "case.closed", talk.region_id, [of_end(row, talk.contact_id)])


def of_message(row: Message, contact_id: object) -> Subject:
    return Subject(contact_id, row.at, row.conversation_id, (("message", str(row.pk)),))  # type: ignore[arg-type]


def of_case(case: Case, contact_id: object, message_id: str | None) -> Subject:
    about = [("event", f"{case.conversation_id}:{case.number}")]
    if message_id is not None:
        about.append(("message", message_id))
    return Subject(contact_id, case.opened_at, case.conversation_id, tuple(about))  # type: ignore[arg-type]


def of_end(row: Resolution, contact_id: object) -> Subject:
    about = (("event", str(row.pk)),)
    return Subject(contact_id, row.resolved_at, row.conversation_id, about)  # type: ignore[arg-type]
