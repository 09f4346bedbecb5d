"""Telling people of something that concerns them, from floors below the one that keeps notifications.

The inbox keeps them, since most are about a conversation; it registers itself here from ``AppConfig.ready()``.
"""

from collections.abc import Callable, Iterable

from security.writing import Change

# Called as ``inbox.actions.notifications.notify`` is.
Notifier = Callable[..., None]

_notifiers: list[Notifier] = []


def register_notifier(notifier: Notifier) -> None:
    _notifiers.append(notifier)


def notify_people(change: Change, *, to: Iterable[int], kind: str, note: str = "", **data: object) -> None:
    """``note`` is what somebody wrote and is sealed; ``data`` holds ids, codes and counts only."""
    people = list(to)
    for notifier in _notifiers:
        notifier(change, to=people, kind=kind, note=note, **data)
