"""What people are called, for rows that only hold their id."""

import time
from collections.abc import Iterable

from security.models import User
from security.policy import FRESH_FOR_SECONDS

_LARGEST = 5000
_known: dict[int, tuple[float, str]] = {}


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by id, at most a few seconds old, like policies: every batch and every send asks for the same few."""
    now = time.monotonic()
    wanted = {user_id for user_id in user_ids if user_id is not None}
    found = {pk: _known[pk][1] for pk in wanted if pk in _known and now - _known[pk][0] < FRESH_FOR_SECONDS}
    if missing := wanted - found.keys():
        read = dict(User.objects.filter(pk__in=missing).values_list("pk", "name"))
        if len(_known) > _LARGEST:
            _known.clear()
        _known.update({pk: (now, name) for pk, name in read.items()})
        found.update(read)
    return found


def forget_names() -> None:
    """Drop what this process knows (somebody was renamed, or a test begins)."""
    _known.clear()
