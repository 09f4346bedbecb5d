"""Who can get in, and with how much."""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.factors import level_must_have
from security.levels import LEVEL_NAMES, rank, rights
from security.models import Grant, Passkey, SecurityPolicy, SelfcheckPolicy, TotpFactor, User
from security.models.allowed_address import EXECUTIVES
from security.network.allowlist import read_lists
from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, listed, register_check

_LONG = timedelta(days=30)
_MANY_OF_TEN = 4  # supervisors and admins among ten people


def people() -> str:
    return reverse("admin:security_user_changelist")


@register_check
class SecondFactor(Check):
    id, title, weight = "second_factor", gettext_lazy("Everybody has a second factor"), 10

    def look(self) -> Finding:
        """Required from the level agent up (SE-2)."""
        levels = LEVEL_NAMES[rank("agent") :]
        there = User.objects.filter(is_active=True, groups__name__in=levels).distinct()
        bare = there.exclude(pk__in=TotpFactor.objects.filter(confirmed=True).values("user_id")).exclude(
            pk__in=Passkey.objects.values("user_id")
        )
        names = list(bare.order_by("name").values_list("name", flat=True))
        if not names:
            return fine(_("All %(n)s people have one."), n=there.count())
        admins = bare.filter(groups__name="admin").exists()
        said = Said(_("%(n)s people have none: %(names)s."), {"n": len(names), "names": listed(names)})
        fix = Said(_("Let them set one up under Account security; admins first."))
        return Finding(BAD if admins or len(names) * 2 > there.count() else WARN, said, fix, people())


@register_check
class AdminDoor(Check):
    id, title, weight = "admin_door", gettext_lazy("Django admin asks for a second factor"), 6

    def look(self) -> Finding:
        if SecurityPolicy.current().admin_needs_factor:
            return fine(_("It does."))
        if level_must_have("admin"):
            return fine(_("Admins cannot sign in without one, and dangerous deeds ask for a fresh code."))
        fix = Said(_("Switch it on in the security policy, once you have set up your own."))
        where = reverse("admin:security_securitypolicy_change", args=(1,))
        return Finding(BAD, Said(_("Neither signing in nor Django admin asks admins for one.")), fix, where)


@register_check
class Admins(Check):
    id, title, weight = "admins", gettext_lazy("There are neither too few nor too many admins"), 6

    def look(self) -> Finding:
        admins = User.objects.filter(is_active=True, locked_at=None, groups__name="admin").count()
        most, where = SelfcheckPolicy.current().most_admins, f"{people()}?level=admin"
        if admins == 0:
            fix = Said(_("Run manage.py set_level with --activate on this machine."))
            return Finding(BAD, Said(_("Nobody can administer Kefu.")), fix, where)
        if admins == 1:
            fix = Said(_("Make a second trustworthy person an admin."))
            said = Said(_("There is one: nobody could unlock them, or decide on what they do."))
            return Finding(WARN, said, fix, where)
        if admins > most:
            fix = Said(_("Give most of them the level that their work needs."))
            return Finding(WARN, Said(_("There are %(n)s."), {"n": admins}), fix, where)
        return fine(_("There are %(n)s."), n=admins)


@register_check
class Executives(Check):
    id, title, weight = "executives", gettext_lazy("Executives can come in"), 4

    def look(self) -> Finding:
        there = User.objects.filter(is_active=True).exclude(executive_since=None).order_by("name")
        if not there:
            return fine(_("There are none."))
        if not read_lists().get(EXECUTIVES):
            said = Said(_("No address is allowed for them: their way in is shut."))
            fix = Said(_("Allow the addresses they come from, for executives."))
            return Finding(BAD, said, fix, reverse("admin:security_allowedaddress_changelist"))
        return fine(_("There are %(n)s."), n=len(there))


@register_check
class Dormant(Check):
    id, title, weight = "dormant", gettext_lazy("No account lies idle"), 6

    def look(self) -> Finding:
        days = SelfcheckPolicy.current().dormant_days
        since = timezone.now() - timedelta(days=days)
        seen = User.objects.annotate(seen_at=Coalesce(F("last_login"), F("joined_at")))
        rows = seen.filter(is_active=True, seen_at__lt=since).order_by("name")
        names = list(rows.values_list("name", flat=True))
        if not names:
            return fine(_("Everybody has signed in within %(n)s days."), n=days)
        said = Said(
            _("%(n)s have not signed in for %(days)s days: %(names)s."),
            {"n": len(names), "days": days, "names": listed(names)},
        )
        fix = Said(_("Deactivate those who left; their name stays on what they wrote."))
        powerful = rows.filter(groups__name__in=("admin", "supervisor")).exists()
        return Finding(BAD if powerful else WARN, said, fix, f"{people()}?is_active__exact=1")


@register_check
class BroadRights(Check):
    id, title, weight = "broad_rights", gettext_lazy("Rights are no broader than the work"), 5

    def look(self) -> Finding:
        now = timezone.now()
        risky = [name for name, right in rights().items() if right.high_risk]
        long_ones = Grant.objects.filter(
            Q(permission__in=risky) | ~Q(duty=""), ended_at=None, ends_at__gt=now + _LONG
        ).count()
        active = User.objects.filter(is_active=True)
        high, everybody = active.filter(groups__name__in=("supervisor", "admin")).count(), active.count()
        if everybody >= 10 and high * 10 > everybody * _MANY_OF_TEN:
            said = Said(_("%(n)s of %(all)s people are supervisors or admins."), {"n": high, "all": everybody})
            return Finding(WARN, said, Said(_("Give people the level that their work needs.")), people())
        if long_ones:
            said = Said(_("%(n)s dangerous rights were given for more than 30 days yet."), {"n": long_ones})
            fix = Said(_("End them earlier, or give the level or duty instead."))
            return Finding(WARN, said, fix, f"{reverse('admin:security_grant_changelist')}?state=running")
        return fine(_("No dangerous right was given for long, and few people are above the others."))
