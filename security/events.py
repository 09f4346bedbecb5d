"""What the live stream tells of people. Person streams are heard only by that person."""

from dataclasses import dataclass
from typing import Any

from security.access import Access, Scope
from security.encryption.keyring import shared_key
from security.models import AccessRequest, Presence, Team, User
from security.policies import request_scope
from security.streams import Event, register_audience


def _is_me(access: Access, scope: Scope) -> bool:
    return access.user_id == scope["user_id"]


def _works_there(access: Access, scope: Scope) -> bool:
    return scope["region_id"] in access.region_ids


register_audience("me", _is_me)
register_audience("region", _works_there)


@dataclass(frozen=True)
class ColleagueShape:
    """What colleagues of one region hear of somebody; their other regions are not mentioned (PM-3)."""

    id: int
    name: str
    availability: str
    is_here: bool


class AccessChanged(Event):
    """My level, regions, duties, grants or language changed: load everything again."""

    kind = "access.changed"
    audience = "me"

    @classmethod
    def of(cls, user_id: int) -> "AccessChanged":
        return cls(**_to_person(user_id, {}))


@dataclass(frozen=True)
class RequestStateShape:
    """That a request for a permission is new or decided; lists are read again."""

    id: str
    state: str
    version: int


class RequestChanged(Event):
    """Somebody asks for a permission, or it was decided. Told to the asker and to whoever may decide."""

    kind = "request.changed"
    payload_shape = RequestStateShape
    audience = "request"

    @classmethod
    def of(cls, row: AccessRequest) -> "RequestChanged":
        scope = request_scope(row)
        regions: Any = scope["region_ids"]
        return cls(
            streams=(*(f"region:{region_id}" for region_id in regions), f"person:{row.asker_id}"),
            object_id=str(row.pk),
            payload=RequestStateShape(id=str(row.pk), state=row.state, version=row.version),
            key_id=shared_key(region_id=None, purpose="people"),
            scope=scope,
        )


class SessionEnded(Event):
    """One of my sessions was signed out; its sockets close."""

    kind = "session.ended"
    audience = "me"

    @classmethod
    def of(cls, user_id: int) -> "SessionEnded":
        return cls(**_to_person(user_id, {}))


class PersonChanged(Event):
    """A colleague became available or went away, came or left, or changed their name. Told in each region they work
    in."""

    kind = "person.changed"
    payload_shape = ColleagueShape
    audience = "region"

    @classmethod
    def of(cls, user: User, region_id: int) -> "PersonChanged":
        return cls(
            streams=(f"region:{region_id}",),
            object_id=f"{user.pk}/{region_id}",
            payload=ColleagueShape(
                id=user.pk, name=user.name, availability=user.availability, is_here=user.pk in present(user.pk)
            ),
            key_id=shared_key(region_id=region_id, purpose="stream"),
            scope={"region_id": region_id},
        )


@dataclass(frozen=True)
class TeamNameShape:
    id: int
    name: str


class TeamChanged(Event):
    """A team of a region is new or called otherwise."""

    kind = "team.changed"
    payload_shape = TeamNameShape
    audience = "region"

    @classmethod
    def of(cls, team: Team) -> "TeamChanged":
        return cls(
            streams=(f"region:{team.region_id}",),
            object_id=str(team.pk),
            payload=TeamNameShape(id=team.pk, name=team.name),
            key_id=shared_key(region_id=team.region_id, purpose="stream"),
            scope={"region_id": team.region_id},
        )


def present(*user_ids: int) -> set[int]:
    """Which of them are there, as colleagues were told."""
    return set(Presence.objects.filter(user_id__in=user_ids, is_here=True).values_list("user_id", flat=True))


def _to_person(user_id: int, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "streams": (f"person:{user_id}",),
        "object_id": str(user_id),
        "payload": payload,
        "key_id": shared_key(region_id=None, purpose="people"),
        "scope": {"user_id": user_id},
    }
