"""What the API says of sessions and devices."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from security.access import Access
from security.actions.mails import mail_is_set_up
from security.api.shapes import MeShape
from security.api.tier_shapes import TierShape
from security.models import BrowserSession, KnownDevice, SessionPolicy, SignInPolicy
from security.sessions import report_seconds
from security.signing_in.steps import Step
from security.signing_in.trust import trust_until


@dataclass(frozen=True)
class OwnSessionShape:
    """``country``: ISO 3166-1, empty where it is not known. ``how``: password, factor, trusted, passkey or link; empty
    of sessions begun before this was kept."""

    id: str
    is_this: bool
    device: str
    device_name: str
    ip: str
    country: str
    how: str
    begun_at: datetime
    last_active_at: datetime

    @classmethod
    def of(cls, row: BrowserSession, access: Access) -> "OwnSessionShape":
        return cls(
            id=str(row.pk),
            is_this=row.pk == access.session_id,
            device=row.device,
            device_name=row.known_device.name if row.known_device is not None else "",
            ip=row.ip,
            country=row.country,
            how=row.how,
            begun_at=row.begun_at,
            last_active_at=row.last_active_at,
        )


@dataclass(frozen=True)
class KnownDeviceShape:
    """``kind``: browser and system. ``trusted_until``: until then no second factor is asked for at sign-in there; null
    where one is."""

    id: str
    is_this: bool
    name: str
    kind: str
    ip: str
    country: str
    first_seen_at: datetime
    last_seen_at: datetime
    trusted_until: datetime | None

    @classmethod
    def of(cls, row: KnownDevice, *, here: UUID | None) -> "KnownDeviceShape":
        return cls(
            id=str(row.pk),
            is_this=row.pk == here,
            name=row.name,
            kind=row.kind,
            ip=row.ip,
            country=row.country,
            first_seen_at=row.first_seen_at,
            last_seen_at=row.last_seen_at,
            trusted_until=trust_until(row),
        )


@dataclass(frozen=True)
class IdleShape:
    """Seconds: until somebody who does nothing more is signed out, how long before that they are warned, and how often
    a browser says at most that they are there."""

    seconds_left: float
    warning_seconds: int
    report_seconds: int


@dataclass(frozen=True)
class SignInStepShape:
    """What signing in waits for: ``factor`` (to be shown by one of ``methods``), ``enrolment`` (to set one up),
    ``password`` (a new one, since theirs expired), ``passkey`` (to make one, which the tier asks for) or ``device`` (to
    have this browser confirmed by one of ``methods``). ``trust_days``: for so long this browser may be trusted with the
    factor; 0: it may not."""

    name: str
    methods: list[str]
    trust_days: int

    @classmethod
    def of(cls, step: Step) -> "SignInStepShape":
        return cls(name=step.name, methods=list(step.methods), trust_days=step.trust_days)


@dataclass(frozen=True)
class SessionShape:
    """Who is signed in in this browser, if anybody. ``over``: why nobody is any more, where somebody was.

    ``tier``: what the security tier in force asks of whoever is in. ``recovery_codes``: shown this once, where a second
    factor was set up on the way in. ``password_length``: what a new password has at least. ``mail``: whether Kefu can
    send mails to its people.
    """

    user: MeShape | None
    over: str = ""
    idle: IdleShape | None = None
    step: SignInStepShape | None = None
    tier: TierShape | None = None
    recovery_codes: list[str] = field(default_factory=list)
    password_length: int = field(default_factory=lambda: SignInPolicy.current().password_length)
    mail: bool = field(default_factory=mail_is_set_up)


def idle_of(row: BrowserSession) -> IdleShape:
    policy = SessionPolicy.current()
    left = (row.idle_at - timezone.now()).total_seconds()
    return IdleShape(
        seconds_left=round(max(0.0, left), 1),
        warning_seconds=min(policy.warning_seconds, policy.idle_minutes * 60 - report_seconds(policy)),
        report_seconds=report_seconds(policy),
    )
