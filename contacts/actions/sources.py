"""Other systems that tell a region something: connected, changed, paused, read again from the beginning, taken away."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.exchange.addresses import checked_address
from contacts.exchange.checking import check_source
from contacts.exchange.errors import SourceExists
from contacts.exchange.events import ExchangeChanged
from contacts.exchange.shops.known import NEEDED
from contacts.exchange.signing import fresh_secret
from contacts.models import ExchangeSource
from contacts.models.exchange import ARRANGE, SOURCE_KINDS
from security.access import Access
from security.encryption.keyring import shared_key
from security.errors import Invalid, Missing, NotFound, require
from security.factors import require_fresh_factor
from security.models import Region
from security.tiers.holding import require_right
from security.writing import Change, write

_LONGEST_NAME = 80
_LONGEST_SECRET = 300


def add_source(
    *,
    by: Access,
    region_id: int,
    code: str,
    name: str,
    kind: str,
    base_url: str = "",
    country: str = "",
    credentials: Mapping[str, str] | None = None,
) -> tuple[ExchangeSource, str]:
    """Connect a system; returns it with the secret its webhooks are signed with, which is told this once. A shop is
    read at once, its past first."""
    require_right(by, ARRANGE)
    require_fresh_factor(by)
    require(region_id in by.region_ids, NotFound)
    check_source(code, field="code")
    if kind not in dict(SOURCE_KINDS):
        raise Invalid(field="kind")
    is_shop = kind in NEEDED
    signing = fresh_secret()
    row = ExchangeSource(code=code, name=_checked_name(name), kind=kind, country=_checked_country(country))
    row.region, row.key_id = Region.objects.get(pk=region_id), shared_key(region_id=region_id, purpose="exchange")
    row.base_url = checked_address(base_url, field="base_url", with_path=False) if is_shop else ""
    row.secret = {"signing": [signing], **(_checked_credentials(kind, credentials or {}) if is_shop else {})}
    row.created_by_id, row.created_at = by.user_id, timezone.now()
    row.due_at = row.created_at if is_shop else None
    with write(by=by) as change:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise SourceExists(field="code") from None
        change.record("exchange.source_added", row, kind=kind, name=row.name)
        change.announce(ExchangeChanged.of(row))
        if is_shop:
            _read_soon(change, row)
    return row, signing


def change_source(
    *,
    by: Access,
    source_id: UUID,
    name: str | None = None,
    paused: bool | None = None,
    credentials: Mapping[str, str] | None = None,
) -> ExchangeSource:
    """Rename it, pause it or let it go on, give it other credentials."""
    with _changing(by, source_id, fresh=credentials is not None) as (change, row):
        if name is not None:
            row.name = _checked_name(name)
        if credentials is not None:
            row.secret = {**row.secret, **_checked_credentials(row.kind, credentials)}
        if paused is not None:
            row.paused_at = (row.paused_at or timezone.now()) if paused else None
            row.lease = None  # whoever reads it finds that, and stops
        if paused is False or credentials is not None:
            row.error, row.error_at, row.attempts = "", None, 0
            row.due_at = timezone.now() if row.kind in NEEDED else None
        row.save()
        told = {"credentials": True} if credentials is not None else {}
        change.record("exchange.source_changed", row, name=row.name, paused=row.paused_at is not None, **told)
    return row


def rotate_source_secret(*, by: Access, source_id: UUID) -> tuple[ExchangeSource, str]:
    """Another secret for its webhooks; the one before is taken beside it until the next change."""
    with _changing(by, source_id, fresh=True) as (change, row):
        fresh = fresh_secret()
        row.secret = {**row.secret, "signing": [fresh, *row.secret["signing"][:1]]}
        row.save()
        change.record("exchange.secret_rotated", row)
    return row, fresh


def read_source_anew(*, by: Access, source_id: UUID) -> ExchangeSource:
    """Read a shop from the beginning: what is known stays, what was missed comes."""
    with _changing(by, source_id, fresh=False) as (change, row):
        require(row.kind in NEEDED, NotFound)
        row.place, row.since, row.counts, row.expected = {}, None, {}, None
        row.error, row.error_at, row.attempts, row.due_at = "", None, 0, timezone.now()
        row.save()
        change.record("exchange.source_read_anew", row)
    return row


def remove_source(*, by: Access, source_id: UUID) -> None:
    """Nothing is taken from it any more; what it told stays."""
    with _changing(by, source_id, fresh=True) as (change, row):
        change.record("exchange.source_removed", row, name=row.name)
        row.delete()


@contextmanager
def _changing(by: Access, source_id: UUID, *, fresh: bool) -> Iterator[tuple[Change, ExchangeSource]]:
    """A source that is locked, in one write; told of at its end."""
    require_right(by, ARRANGE)
    if fresh:
        require_fresh_factor(by)
    with write(by=by) as change:
        row: ExchangeSource = ExchangeSource.objects.visible_to(by).locked().get_or_404(source_id)
        row.version += 1
        told = ExchangeChanged.of(row)
        yield change, row
        change.announce(told)
        if row.pk is not None and row.kind in NEEDED and row.paused_at is None:
            _read_soon(change, row)


def _read_soon(change: Change, row: ExchangeSource) -> None:
    from contacts.tasks import pull_shop  # tasks import actions

    change.enqueue(pull_shop, str(row.pk))


def _checked_name(name: str) -> str:
    if not name.strip():
        raise Missing(field="name")
    if len(name) > _LONGEST_NAME:
        raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": _LONGEST_NAME})
    return name.strip()


def _checked_country(country: str) -> str:
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise Invalid(field="country", message=_("Two letters, as in TW."))
    return country.upper()


def _checked_credentials(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in NEEDED.get(kind, ()):
        value = given.get(name, "")
        if not value.strip():
            raise Missing(field=f"credentials.{name}")
        if len(value) > _LONGEST_SECRET or not value.isascii() or not value.isprintable():
            raise Invalid(field=f"credentials.{name}")
        found[name] = value.strip()
    return found
