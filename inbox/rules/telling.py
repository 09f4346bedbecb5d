"""Saying to the rules what happened here, within the write in which it did."""

from collections.abc import Iterable, Sequence

from contacts.conditions.facts import Subject
from contacts.rules.happening import tell_rules
from inbox.models import Case, Message, Resolution
from security.writing import Change


def tell_rules_of_messages(change: Change, region_id: int, rows: Iterable[Message]) -> None:
    tell_rules(change, "message.received", region_id, [of_message(row, row.conversation.contact_id) for row in rows])


def tell_rules_of_cases(change: Change, region_id: int, cases: Sequence[Case], rows: Sequence[Message]) -> None:
    """With the message that opened each."""
    first = {row.conversation_id: row for row in reversed(rows)} if cases else {}
    told = [of_case(case, case.conversation.contact_id, str(first[case.conversation_id].pk)) for case in cases]
    tell_rules(change, "conversation.opened", region_id, told)


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
