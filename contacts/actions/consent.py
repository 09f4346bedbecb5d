"""Whether a person wants marketing from us: their newest word counts, however late an older one comes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.book import Book
from contacts.consent.words import STOP
from contacts.errors import ResumesMarketing
from contacts.events import ConsentRecorded, ContactChanged
from contacts.identities import clean_name
from contacts.models import ConsentEntry, Contact, ContactsPolicy, Identity
from contacts.privacy.consents import consent_shapes
from contacts.search import reindex_contact
from contacts.seen import Seen
from security.access import Access, Actor
from security.errors import Invalid, Missing, require
from security.models import Region
from security.writing import Change, write

_WHY = "whether they want marketing"
_EVIDENCE_MAX = 2000
_SKEW = timedelta(minutes=1)


def record_marketing_choice(*, by: Actor, region: Region, portfolio: str, seen: Seen, stopped: bool) -> None:
    """A person told WhatsApp. Somebody we do not know has nothing to be remembered at."""
    with write(by=by) as change:
        contact = Book(region, portfolio, [seen]).find(seen)
        if contact is not None:
            _choose(change, contact, stopped=stopped, at=seen.at, source="whatsapp")


def stop_marketing(*, by: Actor, contact_id: UUID, at: datetime) -> None:
    """WhatsApp refused a message because they had stopped marketing (131050)."""
    with write(by=by) as change:
        contact: Contact = Contact.objects.for_system(_WHY).locked().get(pk=contact_id)
        _choose(change, contact, stopped=True, at=at, source="whatsapp")


def take_word(*, by: Actor, contact_id: UUID, way: str, said: str, at: datetime) -> ConsentEntry | None:
    """They wrote, with nothing else, that they ``stop`` or ``start`` marketing: their own message is the proof. The new
    line of the register, or ``None`` where it is nothing new: then nothing is confirmed either."""
    with write(by=by) as change:
        contact: Contact = Contact.objects.for_system(_WHY).locked().get(pk=contact_id)
        return _choose(change, contact, stopped=way == STOP, at=at, source="message", evidence=said[:_EVIDENCE_MAX])


def repeat_stop(change: Change, *, of: Contact, to: Contact) -> None:
    """Two locked contacts were one for a while, and somebody stopped marketing meanwhile: it holds for both, since
    nobody knows from which of their numbers it came."""
    told = of.marketing_told_at
    if of.marketing_stopped_at is None or told is None:
        return
    rows = ConsentEntry.objects.for_system(_WHY).filter(contact=of, purpose="marketing", given=False)
    line: ConsentEntry | None = rows.order_by("-at", "-id").first()
    source, words = ("whatsapp", "") if line is None else (line.source, line.evidence or "")
    _choose(change, to, stopped=True, at=told, source=source, evidence=words)


def record_consent(
    *,
    by: Access,
    contact_id: UUID,
    purpose: str,
    given: bool,
    source: str,
    at: datetime,
    evidence: str = "",
    resume: bool = False,
) -> ConsentEntry:
    """Write down what a person agreed to, or took back, otherwise than in WhatsApp, and when they said it. A line is
    never changed: who wrote down something wrong writes a new one (CM-8).

    ``resume``: whoever writes it down knows that it overrides a stop. Without that it does not.
    """
    at = said_at(at)
    with write(by=by) as change:
        contact: Contact = Contact.objects.visible_to(by).locked().get_or_404(contact_id)
        require(by.can("contacts.edit_contact"))
        return enter(
            change, contact, purpose=purpose, given=given, source=source, at=at, evidence=evidence, by=by, resume=resume
        )


def enter(
    change: Change,
    contact: Contact,
    *,
    purpose: str,
    given: bool,
    source: str,
    at: datetime,
    evidence: str = "",
    by: Actor,
    resume: bool = False,
) -> ConsentEntry:
    """The same of a contact that is locked, by whoever may: also for many at once."""
    wants_more = purpose == "marketing" and given
    if wants_more and not evidence.strip():
        raise Missing(field="evidence")
    if len(evidence) > _EVIDENCE_MAX:
        raise Invalid(field="evidence", message=_("At most %(n)s characters.") % {"n": _EVIDENCE_MAX})
    told = contact.marketing_told_at
    overrides = contact.marketing_stopped_at is not None and (told is None or at >= told)
    require(resume or not (wants_more and overrides), ResumesMarketing)
    entry = _enter(change, contact, purpose, given, source, at, evidence=evidence.strip() or None, by=by)
    if purpose == "marketing":
        _choose(change, contact, stopped=not given, at=at, source="")
    return entry


def said_at(at: datetime) -> datetime:
    """Clocks of other machines are not ours: what is a little ahead was now."""
    now = timezone.now()
    if at > now + _SKEW:
        raise Invalid(field="at", message=_("This is in the future."))
    return min(at, now)


def _enter(
    change: Change,
    contact: Contact,
    purpose: str,
    given: bool,  # noqa: FBT001  (what the person said, not how to do it)
    source: str,
    at: datetime,
    *,
    evidence: str | None = None,
    by: Actor | None = None,
) -> ConsentEntry:
    entry = ConsentEntry(
        contact=contact,
        key_id=contact.key_id,
        purpose=purpose,
        given=given,
        source=source,
        evidence=evidence,
        at=at,
        recorded_by_id=by.user_id if isinstance(by, Access) else None,
        recorded_at=timezone.now(),
    )
    entry.save(force_insert=True)
    change.record("contact.consent_recorded", contact, purpose=purpose, given=given, source=source)
    change.announce(ConsentRecorded.of(entry, consent_shapes([entry])[0]))
    return entry


def learn_names(*, by: Actor, region: Region, portfolio: str, names: Sequence[tuple[Seen, str]]) -> None:
    """What the owner of the phone calls people we know, where the team has given them no name."""
    with write(by=by) as change:
        book = Book(region, portfolio, [seen for seen, _ in names])
        longest = ContactsPolicy.current().name_max
        for seen, name in names:
            contact, cleaned = book.find(seen), clean_name(name, longest=longest)
            if contact is not None and cleaned and not contact.profile.get("name"):
                contact.profile = {**contact.profile, "name": cleaned}
                change.record("contact.named", contact, words={"name": (None, cleaned)})
                _save(change, contact, "profile")
                reindex_contact(contact)


def _choose(
    change: Change, contact: Contact, *, stopped: bool, at: datetime, source: str, evidence: str = ""
) -> ConsentEntry | None:
    """``source``: how we know, for the register; empty: it stands there already. The line that was new there."""
    if contact.marketing_told_at is not None and contact.marketing_told_at > at:
        return None  # a late webhook about an older choice
    known = contact.marketing_stopped_at is not None
    entry = None
    if source and (known != stopped or contact.marketing_told_at is None):  # a repetition is nothing new
        entry = _enter(change, contact, "marketing", not stopped, source, at, evidence=evidence or None)
    contact.marketing_told_at = at
    contact.marketing_stopped_at = (contact.marketing_stopped_at or at) if stopped else None
    if known != stopped:
        change.record("contact.marketing_stopped" if stopped else "contact.marketing_resumed", contact)
    _save(change, contact, "marketing_told_at", "marketing_stopped_at")
    return entry


def _save(change: Change, contact: Contact, *fields: str) -> None:
    contact.version += 1
    contact.save(update_fields=[*fields, "version"])
    change.announce(ContactChanged.of(contact, Identity.objects.for_system(_WHY).filter(contact=contact)))
