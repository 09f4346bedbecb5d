"""A region's day, read in the worker and counted: what is left of its texts are numbers of terms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from contacts.models import Contact
from inbox.keywords.cutting import Cutter, Phrases, names_in
from inbox.keywords.spelling import key_of
from inbox.models import Conversation, KeywordTerm, Message
from inbox.policies import BINNED
from inbox.risk.texts import written_in
from security.encryption.keyring import KeyGone, open_keys
from security.encryption.sealing import Unreadable
from security.models import Region, User

_WHY = "counting what customers write about"
_AT_ONCE = 1000  # conversations
_LITTLE = 5000
_SPELLINGS = 4  # of a term that are counted, to show it as most people write it


@dataclass(slots=True)
class Tallied:
    """One term of a day, as it was spelled first and otherwise. ``last`` is the contact and conversation it was counted
    in last: both come in order."""

    said: str
    messages: int = 0
    conversations: int = 0
    customers: int = 0
    last: tuple[UUID, UUID] | None = None
    others: Counter[str] | None = None

    def add(self, contact_id: UUID, conversation_id: UUID, said: str) -> None:
        self.messages += 1
        if self.last is None or self.last[0] != contact_id:
            self.customers += 1
        if self.last != (contact_id, conversation_id):
            self.conversations += 1
            self.last = (contact_id, conversation_id)
        if said != self.said:
            self.others = self.others or Counter()
            if said in self.others or len(self.others) < _SPELLINGS:
                self.others[said] += 1

    def spelled(self) -> str:
        """As most people write it."""
        others = self.others or Counter()
        return max({self.said: self.messages - others.total(), **others}.items(), key=lambda one: one[1])[0]


@dataclass
class Tally:
    """Terms by their key, and how much there was to read."""

    messages: int = 0
    conversations: int = 0
    terms: dict[str, Tallied] = field(default_factory=dict)


def bounds_of(region: Region, on: date) -> tuple[datetime, datetime]:
    """When a day begins in the region's own time, and when the next one does."""
    zone = ZoneInfo(region.time_zone)
    return datetime.combine(on, time(), zone), datetime.combine(on + timedelta(days=1), time(), zone)


def tally(region: Region, on: date, *, until: date | None = None) -> Tally:
    """Read all that customers wrote in a region on a day, or up to another one. In the order of contacts and
    conversations, so that nobody's words need to be remembered to count people once."""
    start, end = bounds_of(region, on)[0], bounds_of(region, until or on)[1]
    cutter = _cutter(region.pk)
    found = Tally()
    pairs = sorted(_talks(region.pk, start).values_list("contact_id", "pk"))
    for at in range(0, len(pairs), _AT_ONCE):
        _read(found, cutter, pairs[at : at + _AT_ONCE], start, end)
    return found


def is_little(region: Region, since: date) -> bool:
    """Whether so few conversations are spoken in since then that reading them twice costs nothing to speak of."""
    few: bool = _talks(region.pk, bounds_of(region, since)[0])[_LITTLE : _LITTLE + 1].exists() is False
    return few


def _cutter(region_id: int) -> Cutter:
    terms = list(KeywordTerm.objects.for_system(_WHY).filter(region_id=region_id).filter(exact_terms()).distinct())
    open_keys(row.key_id for row in terms)
    names = User.objects.filter(is_active=True, memberships__region_id=region_id).values_list("name", flat=True)
    return Cutter(
        own=Phrases(key_of(row.text) for row in terms if row.own),
        followed=Phrases(key_of(row.text) for row in terms if not row.own),
        names=names_in(*names),
    )


def exact_terms() -> Q:
    """Those that are counted however few people wrote them: somebody of the team wrote them down."""
    return Q(own=True) | Q(followers__isnull=False)


def _talks(region_id: int, start: datetime) -> "QuerySet[Conversation]":
    """All in which somebody may have written since then."""
    rows = Conversation.objects.for_system(_WHY).filter(
        region_id=region_id, last_activity_at__gte=start, inbound_count__gt=0
    )
    talks: QuerySet[Conversation] = rows.exclude(state=BINNED)
    return talks


def _read(found: Tally, cutter: Cutter, talks: Sequence[tuple[UUID, UUID]], start: datetime, end: datetime) -> None:
    wanted = {talk: contact for contact, talk in talks}
    rows = Message.objects.for_system(_WHY).filter(
        conversation_id__in=list(wanted), at__gte=start, at__lt=end, direction="in"
    )
    by_talk: dict[UUID, list[Message]] = {}
    for row in rows.only("id", "conversation_id", "key_id", "kind", "content"):
        by_talk.setdefault(row.conversation_id, []).append(row)
    open_keys({row.key_id for some in by_talk.values() for row in some})
    names = _names({wanted[talk] for talk in by_talk})
    for contact_id, talk in talks:
        if talk in by_talk:
            texts = [text for row in by_talk[talk] if (text := _text(row))]
            _count(found, cutter, contact_id, talk, texts, names.get(contact_id, set()))


def _count(found: Tally, cutter: Cutter, contact_id: UUID, talk: UUID, texts: Sequence[str], names: set[str]) -> None:
    found.messages += len(texts)
    found.conversations += bool(texts)
    for text in texts:
        for key, said in cutter.terms(text, names).items():
            one = found.terms.get(key)
            if one is None:
                one = found.terms[key] = Tallied(said)
            one.add(contact_id, talk, said)


def _text(row: Message) -> str:
    try:
        return written_in(row.kind, row.content)
    except (KeyGone, Unreadable):
        return ""


def _names(contact_ids: set[UUID]) -> dict[UUID, set[str]]:
    rows = list(Contact.objects.for_system(_WHY).filter(pk__in=contact_ids).only("id", "key_id", "profile"))
    open_keys(row.key_id for row in rows)
    return {row.pk: names_in(*_called(row)) for row in rows}


def _called(contact: Contact) -> list[str]:
    try:
        profile: Any = contact.profile or {}
    except (KeyGone, Unreadable):
        return []
    return [value for value in profile.values() if isinstance(value, str)]
