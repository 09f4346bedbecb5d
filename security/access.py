"""Who is asking, and what that lets them see: computed once per request or socket, then passed along."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from security.levels import LEVEL_NAMES, permissions_of
from security.models import ApiKey, User

Scope = Mapping[str, object]


@dataclass(frozen=True)
class Access:
    """A person as the policies see them. ``granted``: label → ids of what they may see one by one (guardian)."""

    user_id: int
    name: str
    level: str
    language: str
    time_zone: str
    region_ids: frozenset[int]
    duties: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    granted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    extra_stream_regions: frozenset[int] = frozenset()

    actor_kind = "person"

    @property
    def actor_id(self) -> str:
        return str(self.user_id)

    def can(self, permission: str) -> bool:
        """``permission`` as Django spells it: ``inbox.reply_conversation``."""
        return permission in self.permissions

    def streams(self) -> tuple[str, ...]:
        """The live streams to follow; what passes through them is still filtered by policy."""
        regions = sorted(self.region_ids | self.extra_stream_regions)
        return (*(f"region:{region_id}" for region_id in regions), f"person:{self.user_id}")


@dataclass(frozen=True)
class System:
    """Kefu itself acting, with the reason that goes into the operation log."""

    reason: str
    actor_kind = "system"

    @property
    def actor_id(self) -> str:
        return self.reason[:40]


Actor = Access | System

_granted_regions: list[Callable[[Mapping[str, frozenset[str]]], Iterable[int]]] = []


def register_granted_regions(finder: Callable[[Mapping[str, frozenset[str]]], Iterable[int]]) -> None:
    """An app tells in which regions its granted objects live, so that their streams are followed too."""
    _granted_regions.append(finder)


def access_of(user: User, *, key: ApiKey | None = None) -> Access:
    """Load everything a policy may ask about ``user``. A key never widens what its owner has.

    Permissions come from the level alone, never from Django's flags. Somebody without a level counts as an observer
    and may do nothing.
    """
    held = _held_by(user)
    level = min((name for name, _, _ in held["level"] if name in LEVEL_NAMES), key=LEVEL_NAMES.index, default=None)
    granted = _object_grants(held["grant"])
    return Access(
        user_id=user.pk,
        name=user.name,
        level=level or "observer",
        language=user.language,
        time_zone=user.time_zone,
        region_ids=frozenset(int(pk) for pk, _, _ in held["region"])
        | {int(pk) for pk in granted.get("security.region", ())},
        duties=frozenset(duty for duty, _, _ in held["duty"]),
        permissions=permissions_of(level) if level else frozenset(),
        granted=granted,
        extra_stream_regions=frozenset(region for finder in _granted_regions for region in finder(granted)),
    )


# Asked by every request, and by every socket at every heartbeat: one statement instead of four.
_HELD = """
    SELECT 'level', g.name, '', ''
        FROM auth_group g JOIN security_user_groups m ON m.group_id = g.id WHERE m.user_id = %s
    UNION ALL SELECT 'region', CAST(region_id AS varchar), '', '' FROM security_membership WHERE user_id = %s
    UNION ALL SELECT 'duty', duty, '', '' FROM security_dutyholding WHERE user_id = %s
    UNION ALL SELECT 'grant', t.app_label || '.' || t.model, p.codename, o.object_pk
        FROM guardian_userobjectpermission o
        JOIN auth_permission p ON p.id = o.permission_id
        JOIN django_content_type t ON t.id = o.content_type_id
        WHERE o.user_id = %s
"""
Held = tuple[str, str, str]


def _held_by(user: User) -> dict[str, list[Held]]:
    """Level groups, regions, duties and object grants, by those words."""
    held: dict[str, list[Held]] = {"level": [], "region": [], "duty": [], "grant": []}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [user.pk] * 4)
        for what, *rest in cursor.fetchall():
            held[what].append(tuple(rest))
    return held


def _object_grants(rows: Iterable[Held]) -> dict[str, frozenset[str]]:
    grants: dict[str, set[str]] = {}
    for label, codename, pk in rows:
        model = label.partition(".")[2]
        if codename in (f"see_{model}", f"view_{model}"):  # a grant to edit or assign is not one to see
            grants.setdefault(label, set()).add(pk)
    return {label: frozenset(ids) for label, ids in grants.items()}
