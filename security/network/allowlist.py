"""Who is let in from where (SE-4): read once per process, at most some seconds old.

A group without rows of its own has everybody's; where there are none either, it is let in from anywhere. So nothing is
restricted before somebody wrote a row, and a row for admins narrows admins alone. The executives' way in is the other
way round: it is shut until somebody writes a row for it.
"""

import time
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone

from security.access import Access
from security.errors import AddressRefused, require
from security.models import AllowedAddress
from security.models.allowed_address import ADMINS, EVERYBODY, EXECUTIVES, KEYS
from security.network.addresses import Network, as_network, within
from security.origin import current_origin
from security.policy import FRESH_FOR_SECONDS

Lists = Mapping[str, tuple[Network, ...]]

_read: tuple[float, Lists] | None = None


def known_lists() -> Lists | None:
    """As last read, without asking the database; ``None`` when that is too long ago."""
    if _read is None or time.monotonic() - _read[0] > FRESH_FOR_SECONDS:
        return None
    return _read[1]


def current_lists() -> Lists:
    global _read
    found = known_lists()
    if found is None:
        found = read_lists()
        _read = (time.monotonic(), found)
    return found


def read_lists() -> Lists:
    """As they are in the database now."""
    lists: dict[str, list[Network]] = defaultdict(list)
    for group, network in running().values_list("group", "network"):
        lists[group].append(as_network(network))
    return {group: tuple(networks) for group, networks in lists.items()}


def running(group: str | None = None) -> QuerySet[AllowedAddress]:
    """The rows in force."""
    rows = AllowedAddress.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))
    return rows if group is None else rows.filter(group=group)


def forget_lists() -> None:
    global _read
    _read = None


def lets_in(lists: Lists, group: str, address: str) -> bool:
    """Executives come from their own list and nowhere else: without rows of theirs, from nowhere."""
    if group == EXECUTIVES:
        return within(address, lists.get(EXECUTIVES, ()))
    rows = lists.get(group) or lists.get(EVERYBODY)
    return not rows or within(address, rows)


def lets_stranger_in(lists: Lists, address: str) -> bool:
    """Before anybody knows who it is: from everywhere where some group of people is let in."""
    return any(lets_in(lists, group, address) for group in (EVERYBODY, ADMINS, EXECUTIVES))


def group_of(access: Access) -> str:
    if access.key_name:
        return KEYS
    if access.executive:
        return EXECUTIVES
    return ADMINS if access.level == "admin" else EVERYBODY


def require_address(group: str) -> None:
    """Raise ``AddressRefused`` unless ``group`` is let in from where the request comes from."""
    require(lets_in(current_lists(), group, current_origin().ip), AddressRefused)


def may_stay(access: Access, address: str) -> bool:
    """For a live connection, which is asked again at every beat."""
    return lets_in(current_lists(), group_of(access), address)
