"""Who is asking, and what that lets them see: computed once per request or socket, then passed along."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from security.levels import FINANCE, LEVEL_NAMES, given_for_a_time, permissions_of, rank
from security.models import ApiKey, SecurityPolicy, User
from security.tiers.standing import open_incident

Scope = Mapping[str, object]
Held = tuple[str, str, str]
# What of their regions' conversations somebody sees: all, those assigned to them (PM-4), those marked payment (SE-5).
ALL, ASSIGNED, PAYMENTS = "all", "assigned", "payments"
# The permission to read messages however old; it may be granted on a single conversation.
READ_HISTORY = "inbox.read_history"


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
    # What they would have, had an incident not held it back (SE-9).
    suspended: frozenset[str] = frozenset()
    granted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    extra_stream_regions: frozenset[int] = frozenset()
    sight: str = ALL
    trainee: bool = False
    # Comes in from the executives' own addresses only (SE-2).
    executive: bool = False
    # What they write waits for a mentor; and the trainees whose mentor they are by name (PM-4).
    held: bool = False
    mentor_of: frozenset[int] = frozenset()
    # Messages before this are not theirs to read; ``None``: all are. ``history_of``: conversations opened all the same.
    history_from: datetime | None = None
    history_of: frozenset[str] = frozenset()
    # What a program signed in with: acts as its owner, and the operation log says so.
    key_name: str = ""
    # That key was given less than its owner has: it changes nothing that needs no permission, such as settings.
    key_narrowed: bool = False
    # When this session last gave a code of the second factor (PM-9); a key never does.
    factor_at: datetime | None = None
    # The browser session in which they ask; a key has none.
    session_id: UUID | None = None

    @property
    def actor_kind(self) -> str:
        return "key" if self.key_name else "person"

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


def access_of(
    user: User, *, key: ApiKey | None = None, factor_at: datetime | None = None, session_id: UUID | None = None
) -> Access:
    """Load everything a policy may ask about ``user``. A key never widens what its owner has.

    ``factor_at``: when their session last gave a code (``factors.factor_at_of``). ``session_id``: which one it is
    (``sessions.session_of_request``).

    Permissions come from the level, the duties and running grants, never from Django's flags. Somebody without a level
    counts as an observer and may do nothing.
    """
    access = accesses_of([user])[user.pk]
    if key is not None:
        return _in_incident(replace(narrowed(access, key), key_name=str(key)))
    return _in_incident(replace(access, factor_at=factor_at, session_id=session_id))


def _in_incident(access: Access) -> Access:
    if open_incident() is None:
        return access
    from security.tiers.holding import held_back  # it asks for a fresh factor, and so for an access

    return held_back(access)


def accesses_of(users: Sequence[User]) -> dict[int, Access]:
    """The same of several people with the same one statement, by id in their order."""
    now = timezone.now()
    held = _held_by(users, now)
    return {user.pk: _access(user, held[user.pk], now) for user in users}


def _access(user: User, held: "dict[str, list[Held]]", now: datetime) -> Access:
    level = min((name for name, _, _ in held["level"] if name in LEVEL_NAMES), key=LEVEL_NAMES.index, default=None)
    trainee = bool(held["trainee"])
    duties = frozenset(duty for duty, _, _ in held["duty"]) | {duty for _, duty, _ in held["given"] if duty}
    granted = _object_grants([*held["grant"], *_for_a_time(held["given"])])
    access = Access(
        user_id=user.pk,
        name=user.name,
        level=level or "observer",
        language=user.language,
        time_zone=user.time_zone,
        region_ids=frozenset(int(pk) for pk, _, _ in held["region"])
        | {int(pk) for pk in granted.get("security.region", ())},
        duties=duties,
        permissions=_permissions(level, duties, held, trainee=trainee) if level else frozenset(),
        granted=granted,
        extra_stream_regions=frozenset(region for finder in _granted_regions for region in finder(granted)),
        trainee=trainee,
        executive=user.executive_since is not None,
        held=trainee and any(held_back for _, held_back, _ in held["trainee"]),
        mentor_of=frozenset(int(pk) for pk, _, _ in held["mentor"]),
    )
    opened = frozenset(place for name, _, place in held["given"] if name == READ_HISTORY and place)
    return limited(access, now=now, history_of=opened)


def limited(access: Access, *, now: datetime, history_of: frozenset[str] = frozenset()) -> Access:
    """``access`` with what its level and duties leave of sight and history (PM-4, SE-5)."""
    supervises = rank(access.level) >= rank("supervisor")
    sight = ASSIGNED if access.trainee else PAYMENTS if FINANCE in access.duties and not supervises else ALL
    window = None if access.can(READ_HISTORY) else now - timedelta(days=SecurityPolicy.current().history_days)
    return replace(access, sight=sight, history_from=window, history_of=history_of)


def narrowed(access: Access, key: ApiKey) -> Access:
    """What is left of ``access`` within a key: never more than the owner has now, never more than the key was given.

    A key of chosen regions sees nothing one by one, since that may lie elsewhere; and it is nobody's admin, whose sight
    ends at no region.
    """
    if not key.is_narrowed:
        return access
    regions = access.region_ids if key.region_ids is None else access.region_ids.intersection(key.region_ids)
    permissions = access.permissions if key.permissions is None else access.permissions.intersection(key.permissions)
    within = replace(
        access,
        level="supervisor" if access.level == "admin" else access.level,
        region_ids=regions,
        permissions=permissions,
        granted={},
        extra_stream_regions=frozenset(),
        key_narrowed=True,
    )
    return limited(within, now=timezone.now())


def _permissions(level: str, duties: frozenset[str], held: dict[str, list[Held]], *, trainee: bool) -> frozenset[str]:
    """By level and duties, without what was withheld, and what was given for a time."""
    given = {name for name, _, place in held["given"] if name and not place}
    withheld = {name for name, _, _ in held["withheld"]}
    return permissions_of(level, duties, trainee=trainee) - withheld | (given & given_for_a_time())


# Asked by every request, and by every socket at every heartbeat: one statement instead of seven.
_HELD = """
    SELECT m.user_id, 'level', g.name, '', ''
        FROM auth_group g JOIN security_user_groups m ON m.group_id = g.id WHERE m.user_id IN ({users})
    UNION ALL SELECT user_id, 'region', CAST(region_id AS varchar), '', ''
        FROM security_membership WHERE user_id IN ({users})
    UNION ALL SELECT user_id, 'duty', duty, '', '' FROM security_dutyholding WHERE user_id IN ({users})
    UNION ALL SELECT user_id, 'trainee', CAST(ends_on AS varchar), CASE WHEN holds_replies THEN 'held' ELSE '' END, ''
        FROM security_traineeship WHERE user_id IN ({users}) AND ended_at IS NULL
    UNION ALL SELECT m.user_id, 'mentor', CAST(t.user_id AS varchar), '', '' FROM security_traineeship_mentors m
        JOIN security_traineeship t ON t.id = m.traineeship_id WHERE m.user_id IN ({users}) AND t.ended_at IS NULL
    UNION ALL SELECT user_id, 'withheld', permission, '', '' FROM security_withheld
        WHERE user_id IN ({users}) AND lifted_at IS NULL
    UNION ALL SELECT user_id, 'given', permission, duty, object_pk FROM security_grant
        WHERE user_id IN ({users}) AND ended_at IS NULL AND starts_at <= %s AND ends_at > %s
    UNION ALL SELECT o.user_id, 'grant', t.app_label || '.' || t.model, p.codename, o.object_pk
        FROM guardian_userobjectpermission o
        JOIN auth_permission p ON p.id = o.permission_id
        JOIN django_content_type t ON t.id = o.content_type_id
        WHERE o.user_id IN ({users})
"""


def _held_by(users: Sequence[User], now: datetime) -> dict[int, dict[str, list[Held]]]:
    """Of each: level, regions, duties, a running traineeship, what is withheld, running grants and object grants."""
    kinds = ("level", "region", "duty", "trainee", "mentor", "withheld", "given", "grant")
    held: dict[int, dict[str, list[Held]]] = {user.pk: {kind: [] for kind in kinds} for user in users}
    if not users:
        return held
    ids = ", ".join(str(int(user.pk)) for user in users)  # our own numbers: a statement has room for few parameters
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_HELD.format(users=ids), [at, at])
        for user_id, what, *rest in cursor.fetchall():
            held[user_id][what].append(tuple(rest))
    for user in users:  # their last day is one of their own time zone
        today = now.astimezone(ZoneInfo(user.time_zone)).date().isoformat()
        held[user.pk]["trainee"] = [row for row in held[user.pk]["trainee"] if row[0] >= today]
    return held


def _for_a_time(given: Iterable[Held]) -> list[Held]:
    """Running grants on single objects, spelled like django-guardian's."""
    found = []
    for name, _, place in given:
        app, _, codename = name.partition(".")
        if place:
            found.append((f"{app}.{codename.partition('_')[2]}", codename, place))
    return found


def _object_grants(rows: Iterable[Held]) -> dict[str, frozenset[str]]:
    grants: dict[str, set[str]] = {}
    for label, codename, pk in rows:
        model = label.partition(".")[2]
        if codename in (f"see_{model}", f"view_{model}"):  # a grant to edit or assign is not one to see
            grants.setdefault(label, set()).add(pk)
    return {label: frozenset(ids) for label, ids in grants.items()}
