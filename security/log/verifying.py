"""Recomputing the whole chain from the rows as they are."""

from collections.abc import Callable, Iterator
from datetime import datetime

from security.log.chain import BEGINNING, Leaf, digest_of, leaves_of, root_of, unpacked
from security.models import Operation, Seal

Report = Callable[[int, Seal], None]


class Broken(Exception):
    """The log is not what was sealed; the words say where it begins."""


def verify(*, since: datetime | None = None, report: Report = lambda lines, seal: None) -> tuple[int, Seal | None]:
    """How many lines hold, and the last seal; ``Broken`` at the first thing that does not. One seal at a time is in
    memory. With ``since``, from the first seal made then; what came before is taken as it is."""
    seals = Seal.objects.order_by("number")
    chosen = seals if since is None else seals.filter(sealed_at__gte=since)
    before = _before(chosen.first(), whole=since is None)
    lines = 0
    for number in chosen.values_list("number", flat=True).iterator(chunk_size=2000):
        seal = seals.get(number=number)
        _check_place(seal, before)
        _check_itself(seal)
        _check_rows(seal)
        lines, before = lines + seal.count, seal
        report(lines, seal)
    return lines, before


def check_head(noted: str) -> None:
    """A head that somebody noted elsewhere, ``number:digest``, must still be part of the chain."""
    number, _, digest = noted.partition(":")
    found = Seal.objects.filter(number=int(number)).first() if number.isdecimal() else None
    if found is None or bytes(found.digest).hex() != digest.lower():
        raise Broken(f"seal {number} is not the one that was noted: the log was cut off and made anew")


def _before(first: Seal | None, *, whole: bool) -> Seal | None:
    if not whole:
        return None if first is None else Seal.objects.filter(number=first.number - 1).first()
    stray = Operation.objects.filter(id__lt=1).order_by("id").first()
    if stray is not None:
        raise Broken(f"line {stray.pk} was inserted before the first one")
    return None


def _check_place(seal: Seal, before: Seal | None) -> None:
    if before is None:
        if seal.number == 1 and (seal.first_id != 1 or bytes(seal.previous) != BEGINNING):
            raise Broken("seal 1 was changed")
        if seal.number != 1 and not Seal.objects.filter(number=seal.number - 1).exists():
            raise Broken(f"seal {seal.number - 1} is missing")
        return
    if seal.number != before.number + 1:
        raise Broken(f"seal {before.number + 1} is missing")
    if seal.first_id != before.last_id + 1 or bytes(seal.previous) != bytes(before.digest):
        raise Broken(f"seal {seal.number} does not follow from seal {before.number}")


def _check_itself(seal: Seal) -> None:
    leaves = unpacked(bytes(seal.leaves))
    fits = root_of(digest for _, digest in leaves) == bytes(seal.root) and len(leaves) == seal.count
    if not fits or digest_of(seal) != bytes(seal.digest):
        raise Broken(f"seal {seal.number} was changed")


def _check_rows(seal: Seal) -> None:
    """Side by side by id: what was sealed, and what is there."""
    sealed: Iterator[Leaf] = iter(unpacked(bytes(seal.leaves)))
    expected = next(sealed, None)
    for pk, digest in leaves_of(seal.first_id, seal.last_id):
        if expected is None or pk < expected[0]:
            raise Broken(f"line {pk} was inserted after seal {seal.number}")
        if pk > expected[0]:
            raise Broken(f"line {expected[0]} is missing (seal {seal.number})")
        if digest != expected[1]:
            raise Broken(f"line {pk} was changed (seal {seal.number})")
        expected = next(sealed, None)
    if expected is not None:
        raise Broken(f"line {expected[0]} is missing (seal {seal.number})")
