"""Contacts as other systems know them (CM-3)."""

from collections.abc import Sequence

from django.utils import timezone

from contacts.events import ContactChanged
from contacts.exchange.checking import may_write, outcomes_of
from contacts.exchange.outsiders import Outsiders, check_contact
from contacts.exchange.rows import CREATED, UNCHANGED, UPDATED, ContactRow, Outcome
from contacts.occurrences import happened, happening
from contacts.policies import threads_of
from security.access import Actor
from security.models import Region
from security.writing import Change, write


def upsert_contacts(
    *,
    by: Actor,
    region: Region,
    source: str,
    rows: Sequence[ContactRow],
    overwrite: bool = True,
    history: bool = False,
) -> list[Outcome]:
    """Write what ``source`` says of contacts, each row alone: one that is refused holds up none of the others. The same
    rows a second time change nothing.

    ``overwrite``: a name the team gave gives way to the one of the row. ``history``: people who are only being learned
    (an import): rules and webhooks hear nothing, and who is new is not told one by one.
    """
    may_write(by, region, source, rows)
    with write(by=by) as change:
        outcomes, good = outcomes_of(rows, check_contact)
        meeting = Outsiders(region, source, [rows[place] for place in good], at=timezone.now())
        for place in good:
            contact, notes = meeting.meet(rows[place], overwrite=overwrite)
            outcomes[place] = Outcome(place, UNCHANGED, contact.pk, notes=notes)
        keep_outsiders(change, meeting, history=history)
        for place in good:
            outcomes[place] = _settled(outcomes[place], meeting)
        _record(change, region, source, list(outcomes.values()))
    return [outcomes[place] for place in range(len(rows))]


def keep_outsiders(change: Change, meeting: Outsiders, *, history: bool = False) -> None:
    """Save whom a batch met, and tell of them."""
    meeting.save()
    threads = threads_of(pk for pk in meeting.changed if pk not in meeting.newcomers)
    for pk, contact in meeting.changed.items():
        if history and pk in meeting.newcomers:
            continue
        change.announce(ContactChanged.of(contact, meeting.identities_of(contact), threads=threads.get(pk, [])))
    if not history:
        told = [
            ("contact.created" if one.pk in meeting.newcomers else "contact.changed", one)
            for one in meeting.changed.values()
        ]
        happened(change, *(happening(change, kind, contact=one, subject=one, at=meeting.at) for kind, one in told))


def _settled(outcome: Outcome, meeting: Outsiders) -> Outcome:
    done = CREATED if outcome.id in meeting.newcomers else UPDATED if outcome.id in meeting.changed else UNCHANGED
    return Outcome(outcome.row, done, outcome.id, notes=outcome.notes)


def _record(change: Change, region: Region, source: str, outcomes: Sequence[Outcome]) -> None:
    """One line a batch, where anything was written at all."""
    made = sum(one.done == CREATED for one in outcomes)
    altered = sum(one.done == UPDATED for one in outcomes)
    if made or altered:
        change.record("contact.exchanged", region, source=source, created=made, updated=altered)
