"""What the API says of people: frozen shapes shared by the endpoints and the live stream."""

from dataclasses import dataclass
from datetime import datetime

from security.access import Access
from security.levels import public_name
from security.models import Region, Seal, User


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
class PersonShape:
    id: int
    name: str
    level: str
    availability: str
    region_ids: list[int]

    @classmethod
    def of(cls, user: User, reader: Access) -> "PersonShape":
        """Expects ``groups`` and ``memberships`` prefetched. Regions the reader does not share are left out (PM-3)."""
        groups = list(user.groups.all())
        return cls(
            id=user.pk,
            name=user.name,
            level=groups[0].name if groups else "observer",
            availability=user.availability,
            region_ids=sorted({membership.region_id for membership in user.memberships.all()} & reader.region_ids),
        )


@dataclass(frozen=True)
class MeShape:
    id: int
    email: str
    name: str
    level: str
    duties: list[str]
    trainee: bool
    permissions: list[str]
    regions: list[RegionShape]
    language: str
    time_zone: str
    availability: str
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
            permissions=sorted(public_name(permission) for permission in access.permissions),
            regions=[RegionShape.of(region) for region in regions],
            language=user.language,
            time_zone=user.time_zone,
            availability=user.availability,
            simulator_url=simulator_url,
            voice_seconds=voice_seconds,
        )


@dataclass(frozen=True)
class SessionShape:
    """Who is signed in in this browser, if anybody."""

    user: MeShape | None


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
