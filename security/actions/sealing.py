"""Sealing the operation log, a minute's lines at a time, beside everybody who writes (PM-8)."""

import logging
from itertools import islice

from django.db import IntegrityError
from django.utils import timezone

from security.access import System
from security.log.chain import BEGINNING, digest_of, leaves_of, packed, root_of
from security.log.horizon import settled_upto
from security.models import Seal
from security.writing import write

logger = logging.getLogger(__name__)
LINES_A_SEAL = 10_000
_PATIENCE_SECONDS = 20.0  # of the minute until the next try


def seal_operations(*, patience: float = _PATIENCE_SECONDS) -> int:
    """Seal every line that is certainly complete; returns how many. What a long transaction keeps open waits."""
    upto = settled_upto(patience=patience)
    last = Seal.objects.defer("leaves").order_by("-number").first()
    sealed = 0
    while upto is not None and (last is None or last.last_id < upto):
        last = _seal_next(last, upto)
        if last is None:
            break
        sealed += last.count
    return sealed


def _seal_next(last: Seal | None, upto: int) -> Seal | None:
    """The next lines up to ``upto``; ``None`` when there are none, or another worker was faster."""
    first_id = last.last_id + 1 if last is not None else 1
    leaves = list(islice(leaves_of(first_id, upto, most=LINES_A_SEAL), LINES_A_SEAL))
    if not leaves:
        return None
    seal = Seal(
        number=last.number + 1 if last is not None else 1,
        first_id=first_id,
        last_id=leaves[-1][0],
        count=len(leaves),
        root=root_of(digest for _, digest in leaves),
        previous=bytes(last.digest) if last is not None else BEGINNING,
        leaves=packed(leaves),
        sealed_at=timezone.now(),
    )
    seal.digest = digest_of(seal)
    try:
        with write(by=System("sealing")):
            seal.save(force_insert=True)
    except IntegrityError:
        return None
    # Logs are often kept where the database's owner does not reach: a head noted there cannot be taken back.
    logger.info("operation log sealed up to line %s: seal %s:%s", seal.last_id, seal.number, seal.digest.hex())
    return seal
