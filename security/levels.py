"""The five levels, the duties besides them, and what each may do (PM-1, PM-2).

A level is a Django group. Each app declares its permissions here from ``AppConfig.ready()``, each with a ``Right``;
``actions.levels.sync_levels`` writes the table into Django's groups, ``docs/permissions.md`` shows it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from security.errors import Words

LEVELS = (
    ("observer", "觀察員 Observer"),
    ("agent", "客服 Agent"),
    ("senior", "資深客服 Senior"),
    ("supervisor", "主管 Supervisor"),
    ("admin", "管理員 Admin"),
)
LEVEL_NAMES = tuple(name for name, _ in LEVELS)
MARKETING_SENDER, FINANCE, DATA_PROTECTION = "marketing_sender", "finance", "data_protection"
DUTY_NAMES = (MARKETING_SENDER, FINANCE, DATA_PROTECTION)


@dataclass(frozen=True)
class Right:
    """Who holds a permission: everybody from ``lowest`` on, and whoever has one of ``duties``, whatever their level.

    ``held``: in an incident only admins with a fresh factor have it (SE-9). ``trainees``: whether it is theirs too
    (PM-4). ``high_risk``: drawn for the quarterly review (PM-7). ``measured``: whether there is something to do with it
    that counts as using it (PM-10). ``for_a_time``: whether it can be given to somebody else for a time (PM-6).
    ``words``: what people read.
    """

    lowest: str
    duties: tuple[str, ...] = ()
    trainees: bool = True
    high_risk: bool = False
    measured: bool = True
    held: bool = False
    for_a_time: bool = True
    words: Words = ""


_rights: dict[str, Right] = {}


def declare_permissions(table: Mapping[str, Right]) -> None:
    """Register ``{"app.verb_noun": Right(…)}``."""
    unknown = {right.lowest for right in table.values()} - set(LEVEL_NAMES)
    if unknown:
        raise ValueError(f"unknown level {sorted(unknown)}; the levels are {LEVEL_NAMES}")
    strange = {duty for right in table.values() for duty in right.duties} - set(DUTY_NAMES)
    if strange:
        raise ValueError(f"unknown duty {sorted(strange)}; the duties are {DUTY_NAMES}")
    _rights.update(table)


def rank(level: str) -> int:
    return LEVEL_NAMES.index(level)


def permissions_of(level: str, duties: Iterable[str] = (), *, trainee: bool = False) -> frozenset[str]:
    """Every declared permission that somebody of ``level`` with ``duties`` holds, as Django spells it
    (``inbox.reply_conversation``)."""
    held, mine = rank(level), set(duties)
    return frozenset(
        name
        for name, right in _rights.items()
        if (held >= rank(right.lowest) or mine & set(right.duties)) and (right.trainees or not trainee)
    )


def rights() -> dict[str, Right]:
    """The whole table."""
    return dict(_rights)


def held_permissions() -> frozenset[str]:
    """Those that an incident holds back."""
    return frozenset(name for name, right in _rights.items() if right.held)


def declared_permissions() -> frozenset[str]:
    return frozenset(_rights)


def given_for_a_time() -> frozenset[str]:
    """Those that may be asked for and given for a time."""
    return frozenset(name for name, right in _rights.items() if right.for_a_time)


def named(public: str) -> str:
    """The permission that the client spells ``public``; empty when there is none."""
    return next((name for name in _rights if public_name(name) == public), "")


def permission_words(permission: str) -> str:
    """What people read: in words, and as it is spelled where nobody declares it any more."""
    right = _rights.get(permission)
    return str(right.words) if right is not None and right.words else public_name(permission)


def public_name(permission: str) -> str:
    """How the client spells a permission: ``inbox.reply_conversation`` → ``conversation.reply``."""
    verb, _, noun = permission.split(".", 1)[1].partition("_")
    return f"{noun}.{verb}"
