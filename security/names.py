"""What people and teams are called, for rows that only hold their id."""

import time
from collections.abc import Iterable
from typing import Any

from security.models import Team, User
from security.policy import FRESH_FOR_SECONDS

_LARGEST = 5000
Known = dict[int, tuple[float, str]]
_people: Known = {}
_teams: Known = {}


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by id, at most a few seconds old, like policies: every batch and every send asks for the same few."""
    return _found(User, _people, user_ids)


def team_names_of(team_ids: Iterable[int | None]) -> dict[int, str]:
    """The same of teams."""
    return _found(Team, _teams, team_ids)


def forget_names() -> None:
    """Drop what this process knows (somebody was renamed, or a test begins)."""
    _people.clear()
    _teams.clear()


def _found(model: Any, known: Known, ids: Iterable[int | None]) -> dict[int, str]:
    now = time.monotonic()
    wanted = {pk for pk in ids if pk is not None}
    found = {pk: known[pk][1] for pk in wanted if pk in known and now - known[pk][0] < FRESH_FOR_SECONDS}
    if missing := wanted - found.keys():
        read = dict(model.objects.filter(pk__in=missing).values_list("pk", "name"))
        if len(known) > _LARGEST:
            known.clear()
        known.update({pk: (now, name) for pk, name in read.items()})
        found.update(read)
    return found
