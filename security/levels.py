"""The five levels (PM-1) and what each may do.

A level is a Django group. Each app declares its permissions here from ``AppConfig.ready()`` with the lowest level that
holds them; ``actions.levels.sync_levels`` writes the table into Django's groups.
"""

LEVELS = (
    ("observer", "觀察員 Observer"),
    ("agent", "客服 Agent"),
    ("senior", "資深客服 Senior"),
    ("supervisor", "主管 Supervisor"),
    ("admin", "管理員 Admin"),
)
LEVEL_NAMES = tuple(name for name, _ in LEVELS)

_lowest_level: dict[str, str] = {}


def declare_permissions(table: dict[str, str]) -> None:
    """Register ``{"app.verb_noun": lowest level}``; everything above inherits it."""
    unknown = {level for level in table.values() if level not in LEVEL_NAMES}
    if unknown:
        raise ValueError(f"unknown level {sorted(unknown)}; the levels are {LEVEL_NAMES}")
    _lowest_level.update(table)


def rank(level: str) -> int:
    return LEVEL_NAMES.index(level)


def permissions_of(level: str) -> frozenset[str]:
    """Every declared permission that ``level`` holds, as Django spells it (``inbox.reply_conversation``)."""
    return frozenset(name for name, lowest in _lowest_level.items() if rank(level) >= rank(lowest))


def declared_permissions() -> frozenset[str]:
    return frozenset(_lowest_level)


def public_name(permission: str) -> str:
    """How the client spells a permission: ``inbox.reply_conversation`` → ``conversation.reply``."""
    verb, _, noun = permission.split(".", 1)[1].partition("_")
    return f"{noun}.{verb}"
