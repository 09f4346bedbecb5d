"""What the API says of people: frozen shapes shared by the endpoints and the live stream."""

from dataclasses import dataclass
from datetime import datetime

from security.access import Access
from security.actions.passwords import expiry_to_tell
from security.levels import public_name
from security.models import Region, Seal, Team, TeamMembership, User


@dataclass(frozen=True)
class RegionShape:
    id: int
    code: str
    name: str
    time_zone: str

    @classmethod
    def of(cls, region: Region) -> "RegionShape":
        return cls(id=region.pk, code=region.code, name=region.name, time_zone=region.time_zone)


@dataclass(frozen=True)
class TeamShape:
    id: int
    name: str
    region_id: int
    person_ids: list[int]

    @classmethod
    def of(cls, team: Team) -> "TeamShape":
        """Expects ``memberships`` prefetched."""
        people = sorted(membership.user_id for membership in team.memberships.all())
        return cls(id=team.pk, name=team.name, region_id=team.region_id, person_ids=people)


@dataclass(frozen=True)
class PersonShape:
    id: int
    name: str
    level: str
    availability: str
    is_here: bool
    region_ids: list[int]

    @classmethod
    def of(cls, user: User, reader: Access) -> "PersonShape":
        """Expects ``groups``, ``memberships`` and ``presence`` loaded. Regions the reader does not share are left out
        (PM-3)."""
        groups = list(user.groups.all())
        return cls(
            id=user.pk,
            name=user.name,
            level=groups[0].name if groups else "observer",
            availability=user.availability,
            is_here=hasattr(user, "presence") and user.presence.is_here,
            region_ids=sorted({membership.region_id for membership in user.memberships.all()} & reader.region_ids),
        )


@dataclass(frozen=True)
class MeShape:
    """``replies_held``: what they write waits for a mentor; ``mentors``: they are named as somebody's mentor;
    ``password_expires_at``: only once it is near enough to be told."""

    id: int
    email: str
    name: str
    level: str
    duties: list[str]
    trainee: bool
    replies_held: bool
    mentors: bool
    permissions: list[str]
    regions: list[RegionShape]
    team_ids: list[int]
    language: str
    time_zone: str
    availability: str
    password_expires_at: datetime | None
    simulator_url: str | None
    voice_seconds: int

    @classmethod
    def of(cls, user: User, access: Access, *, simulator_url: str | None, voice_seconds: int) -> "MeShape":
        regions = Region.objects.filter(pk__in=access.region_ids)
        return cls(
            id=user.pk,
            email=user.email,
            name=user.name,
            level=access.level,
            duties=sorted(access.duties),
            trainee=access.trainee,
            replies_held=access.held,
            mentors=bool(access.mentor_of),
            permissions=sorted(map(public_name, access.permissions | _within_a_code(access))),
            regions=[RegionShape.of(region) for region in regions],
            team_ids=sorted(TeamMembership.objects.filter(user=user).values_list("team_id", flat=True)),
            language=user.language,
            time_zone=user.time_zone,
            availability=user.availability,
            password_expires_at=expiry_to_tell(user),
            simulator_url=simulator_url,
            voice_seconds=voice_seconds,
        )


@dataclass(frozen=True)
class SealShape:
    """The newest seal of the operation log: its number, the last line under it, its digest, and when it was made."""

    number: int
    last_id: int
    digest: str
    sealed_at: datetime | None

    @classmethod
    def of(cls, seal: Seal) -> "SealShape":
        return cls(number=seal.number, last_id=seal.last_id, digest=bytes(seal.digest).hex(), sealed_at=seal.sealed_at)


def _within_a_code(access: Access) -> frozenset[str]:
    """What an incident holds back from an admin only until they give a code: their menus still offer it."""
    return access.suspended if access.level == "admin" and not access.key_name else frozenset()
