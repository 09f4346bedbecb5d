"""Who may be there twice: everybody's keyed digests of number, foreign ids and name with order number are laid side by
side (SR-12). Nothing is opened but to make the digests, and nothing merged: a person decides."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from contacts.identities import same_person_numbers
from contacts.models import Contact, Duplicate, ExternalId, Identity, MatchKey, Order
from security.bulk import insert_many
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import open_keys

_WHY = "looking for who is there twice"
_AT_ONCE = 500
_GROUP_MOST = 6  # more of one kind are no duplicates but a number, or an id, that says nothing
_PAIRS_MOST = 2000


def lay_out(region_id: int, *, after: UUID | None = None) -> UUID | None:
    """Bring the digests of the next contacts up to date; where to go on, or ``None`` at the end. In the caller's
    write."""
    rows = Contact.objects.for_system(_WHY).filter(region_id=region_id, gone="").order_by("pk")
    batch = list((rows if after is None else rows.filter(pk__gt=after))[:_AT_ONCE])
    open_keys(contact.key_id for contact in batch)
    index = BlindIndex(region_id)
    written = MatchKey.objects.for_system(_WHY).filter(contact__in=batch)
    known = {(row.contact_id, row.kind, bytes(row.digest)): row.pk for row in written}
    wanted = {
        (contact.pk, kind, bytes(index.digest(spelled, kind=f"match/{kind}")))
        for contact, kind, spelled in _spelled(batch)
    }
    written.filter(pk__in=[pk for key, pk in known.items() if key not in wanted]).delete()
    fresh = sorted(wanted - known.keys())
    insert_many([MatchKey(contact_id=who, region_id=region_id, kind=kind, digest=told) for who, kind, told in fresh])
    return batch[-1].pk if len(batch) == _AT_ONCE else None


def propose(region_id: int) -> int:
    """Pairs with a digest in common that nobody decided on; returns how many are new. In the caller's write."""
    decided = Duplicate.objects.for_system(_WHY).filter(region_id=region_id)
    known = set(decided.values_list("one_id", "other_id"))
    found: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    for kind, pair in _pairs(region_id):
        if pair not in known:
            found[pair].add(kind)
        if len(found) >= _PAIRS_MOST:
            break  # the next ones by the next night
    now = timezone.now()
    fresh = [
        Duplicate(region_id=region_id, one_id=one, other_id=other, kinds=sorted(kinds), found_at=now)
        for (one, other), kinds in found.items()
    ]
    insert_many(fresh, ignoring_conflicts=True)
    gone = decided.filter(state="open").exclude(one__gone="", other__gone="")
    gone.delete()
    return len(fresh)


def _pairs(region_id: int) -> Iterator[tuple[str, tuple[UUID, UUID]]]:
    """Whoever has a digest in common, with its kind; read in one go."""
    keys = MatchKey.objects.for_system(_WHY).filter(region_id=region_id)
    shared = keys.order_by().values("digest").annotate(n=Count("contact", distinct=True))
    shared = shared.filter(n__gt=1, n__lte=_GROUP_MOST).values("digest")
    rows = keys.filter(digest__in=shared).order_by("kind", "digest").values_list("kind", "digest", "contact_id")
    for (kind, _digest), same in groupby(rows.iterator(), key=lambda row: (row[0], bytes(row[1]))):
        for one, other in combinations(sorted({contact_id for _kind, _told, contact_id in same}), 2):
            yield kind, (one, other)


def _spelled(batch: Sequence[Contact]) -> Iterator[tuple[Contact, str, str]]:
    by_id = {contact.pk: contact for contact in batch}
    found: set[tuple[UUID, str, str]] = set()
    for identity in _of(Identity, by_id).filter(kind__in=("wa_id", "phone")):
        found.add((identity.contact_id, "phone", min(same_person_numbers(identity.value))))
    for row in _of(ExternalId, by_id):
        found.add((row.contact_id, "external", str(row.value).strip().casefold()))
    for order in _of(Order, by_id):
        name = _name(by_id[order.contact_id])
        if name and order.number:
            found.add((order.contact_id, "name_order", f"{name}\0{_folded(order.number)}"))
    for contact_id, kind, spelled in found:
        yield by_id[contact_id], kind, spelled


def _of(model: Any, by_id: dict[UUID, Contact]) -> Any:
    return model.objects.for_system(_WHY).filter(contact_id__in=list(by_id))


def _name(contact: Contact) -> str:
    return _folded(str(contact.profile.get("name") or contact.profile.get("profile_name") or ""))


def _folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
