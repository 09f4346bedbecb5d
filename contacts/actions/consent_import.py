"""Consents that are brought: many people's at once, each with its proof, each accepted or refused by itself (SR-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contacts.actions.consent import enter, said_at
from contacts.models import ConsentEntry, Contact
from security.access import Access, Actor
from security.errors import NotFound, Refusal, require
from security.writing import write

_WHY = "consents that are brought"


@dataclass(frozen=True)
class ConsentLine:
    """What one person agreed to, or took back (``given`` false), when, how it is known, and the proof in words: the
    form's number, the sentence they signed, where the record is kept."""

    contact_id: UUID
    given: bool
    at: datetime
    evidence: str = ""
    purpose: str = "marketing"
    source: str = "import"


def record_consents(*, by: Actor, lines: Sequence[ConsentLine]) -> list[ConsentEntry | Refusal]:
    """For each line, in order, what stands in the register now or why it does not; one that is refused keeps back no
    other. A later stop of theirs is never overridden, and what is already in the register is not entered twice.

    Joins the caller's ``write``; contacts are locked in one order."""
    with write(by=by) as change:
        if isinstance(by, Access):
            require(by.can("contacts.edit_contact"))
            rows = Contact.objects.visible_to(by)
        else:
            rows = Contact.objects.for_system(_WHY).filter(gone="")
        wanted = {line.contact_id for line in lines}
        people = {row.pk: row for row in rows.filter(pk__in=wanted).locked().order_by("pk")}
        known = _known(wanted)
        answers: list[ConsentEntry | Refusal] = []
        for line in lines:
            contact = people.get(line.contact_id)
            again = known.get(_key(line))
            if contact is None or again is not None:
                answers.append(again or NotFound(field="contact_id"))
                continue
            try:
                with write(by=by):
                    entry = enter(
                        change, contact, purpose=line.purpose, given=line.given, source=line.source,
                        at=said_at(line.at), evidence=line.evidence, by=by,
                    )  # fmt: skip
            except Refusal as refusal:
                answers.append(refusal)
            else:
                known[_key(line)] = entry
                answers.append(entry)
    return answers


_Key = tuple[UUID, str, bool, datetime, str]


def _key(line: ConsentLine) -> _Key:
    return (line.contact_id, line.purpose, line.given, line.at, line.source)


def _known(contact_ids: set[UUID]) -> dict[_Key, ConsentEntry]:
    """A file that is brought twice says nothing new."""
    rows = ConsentEntry.objects.for_system(_WHY).filter(contact_id__in=contact_ids)
    return {(row.contact_id, row.purpose, row.given, row.at, row.source): row for row in rows}
