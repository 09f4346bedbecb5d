"""Keys: what everything is encrypted under, and what programs come in with."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.key_ages import REGION_KEYS, key_ages
from security.models import ApiKey, MasterKeyUse, RegionKey, SelfcheckPolicy
from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, listed, register_check
from security.selfcheck.checks.settings import is_weak

_LEAST_SECRET = 32


@register_check
class MasterKey(Check):
    id, title, weight = "master_key", gettext_lazy("The master key is strong and lies elsewhere"), 10

    def look(self) -> Finding:
        pairs = [pair.strip().partition(":") for pair in settings.KEFU_MASTER_KEYS.split(",") if pair.strip()]
        if not pairs or any(is_weak(secret, least=_LEAST_SECRET) for _name, _colon, secret in pairs):
            fix = Said(_("Make a new one from random characters, put it first in KEFU_MASTER_KEYS, rotate the keys."))
            return Finding(BAD, Said(_("It is missing, short or simple: what is encrypted could be read.")), fix)
        if _lies_beside(pairs[0][2]):
            fix = Said(_("Set KEFU_MASTER_KEYS from outside; keep a copy apart from the database’s backups."))
            said = Said(_("It was made by Kefu and lies beside the database: who takes one has both."))
            return Finding(BAD if settings.KEFU_PRODUCTION else WARN, said, fix)
        return self._age(pairs[0][0])

    def _age(self, newest: str) -> Finding:
        """By its first use: region keys may be older than what wraps them now, and younger."""
        older = RegionKey.objects.exclude(master_id=newest).count()
        if older:
            fix = Said(_("Rotate the keys; then take the older master key out of KEFU_MASTER_KEYS."))
            return Finding(WARN, Said(_("%(n)s keys are still wrapped by an older one."), {"n": older}), fix)
        first = MasterKeyUse.objects.filter(master_id=newest).first()
        days = (timezone.now() - first.first_used_at).days if first is not None else 0
        if days > SelfcheckPolicy.current().master_key_days:
            fix = Said(_("Put a new one first in KEFU_MASTER_KEYS and rotate the keys."))
            return Finding(WARN, Said(_("It has been in use for %(n)s days."), {"n": days}), fix)
        return fine(_("It comes from outside and has been in use for %(n)s days."), n=days)


@register_check
class WrappedKeys(Check):
    id, title, weight = "wrapped_keys", gettext_lazy("Region keys and data keys are replaced in time"), 4

    def look(self) -> Finding:
        most, ages = SelfcheckPolicy.current().wrapped_key_days, key_ages()
        regions = [age for age in ages if age.what == REGION_KEYS and age.days > most]
        data = [age for age in ages if age.what != REGION_KEYS and age.days > most]
        if data:
            values: dict[str, str | int] = {"n": max(age.days for age in data), "days": most}
            fix = Said(_("Run manage.py rotate_keys --data; it takes hours and can be interrupted."))
            return Finding(WARN, Said(_("There are data keys of %(n)s days; %(days)s is the most."), values), fix)
        if regions:
            values = {"n": regions[0].days, "days": most}
            fix = Said(_("Run manage.py rotate_keys --regions."))
            return Finding(WARN, Said(_("There are region keys of %(n)s days; %(days)s is the most."), values), fix)
        return fine(_("The oldest is %(n)s days old."), n=max(age.days for age in ages))


@register_check
class ApiKeys(Check):
    id, title, weight = "api_keys", gettext_lazy("Keys for programs end and are replaced"), 6

    def look(self) -> Finding:
        now, days = timezone.now(), SelfcheckPolicy.current().key_days
        rows = [key for key in ApiKey.objects.select_related("user") if key.expiry is None or key.expiry > now]
        old = [key for key in rows if key.created < now - timedelta(days=days)]
        endless = [key for key in rows if key.expiry is None]
        where = reverse("admin:security_apikey_changelist")
        fix = Said(_("Make new ones with an end, and revoke these."))
        if old:
            values: dict[str, str | int] = {"n": len(old), "days": days, "names": listed(_called(old))}
            return Finding(BAD, Said(_("%(n)s are older than %(days)s days: %(names)s."), values), fix, where)
        if endless:
            values = {"n": len(endless), "names": listed(_called(endless))}
            return Finding(WARN, Said(_("%(n)s never end: %(names)s."), values), fix, where)
        return fine(_("All %(n)s do."), n=len(rows)) if rows else fine(_("There are none."))


@register_check
class UnusedKeys(Check):
    id, title, weight = "unused_keys", gettext_lazy("Keys for programs are in use"), 3

    def look(self) -> Finding:
        now, days = timezone.now(), SelfcheckPolicy.current().key_unused_days
        running = ApiKey.objects.filter(Q(expiry=None) | Q(expiry__gt=now), revoked_at=None, successor=None)
        seen = running.annotate(seen_at=Coalesce(F("last_used_at"), F("created")))
        idle = list(seen.filter(seen_at__lt=now - timedelta(days=days)).select_related("user").order_by("seen_at"))
        if not idle:
            return fine(_("Each was used within %(n)s days."), n=days) if running else fine(_("There are none."))
        values: dict[str, str | int] = {"n": len(idle), "days": days, "names": listed(_called(idle))}
        said = Said(_("%(n)s were not used for %(days)s days: %(names)s."), values)
        fix = Said(_("Ask their owners, and revoke those that no program needs."))
        return Finding(WARN, said, fix, reverse("admin:security_apikey_changelist"))


def _called(keys: list[ApiKey]) -> list[str]:
    return [f"{key.name} ({key.user})" for key in keys]


def _lies_beside(secret: str) -> bool:
    """Whether the secret stands in the data folder, where the files and (on SQLite) the database are."""
    kept = Path(settings.KEFU_DATA) / "master_key"
    try:
        return kept.read_text(encoding="utf-8").strip() == secret
    except OSError:
        return False
