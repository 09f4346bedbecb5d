"""Whether what the tier in force asks for is so."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.models.allowed_address import EVERYBODY
from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, listed, register_check
from security.tier_policy import ADVANCED, ENTERPRISE
from security.tiers.facts import lasting_lists, rules_are_on, unready_people
from security.tiers.standing import in_force, standing

_NAMED = {"basic": _("Basic"), "advanced": _("Advanced"), "enterprise": _("Enterprise")}


@register_check
class Tier(Check):
    id, title, weight = "tier", gettext_lazy("What the security tier asks for is so"), 6

    def look(self) -> Finding:
        tier, where = standing().tier, reverse("admin:tier")
        named = {"tier": str(Said(_NAMED[tier]))}
        if in_force(ADVANCED) and not lasting_lists().get(EVERYBODY):
            said = Said(_("The tier %(tier)s is in force without lasting allowed addresses for everybody."), named)
            fix = Said(_("Allow the addresses of your offices, for everybody and for good."))
            return Finding(BAD, said, fix, reverse("admin:security_allowedaddress_changelist"))
        if in_force(ENTERPRISE) and not rules_are_on():
            said = Said(_("The tier %(tier)s is in force, and behaviour rules are off."), named)
            fix = Said(_("Switch the rules on that came with Kefu."))
            return Finding(BAD, said, fix, reverse("admin:security_behaviourrule_changelist"))
        names = [one.user.name for one in unready_people(tier)]
        if names:
            values: dict[str, str | int] = {**named, "n": len(names), "names": listed(names)}
            said = Said(_("The tier is %(tier)s; %(n)s people do not meet it yet: %(names)s."), values)
            return Finding(WARN, said, Said(_("They are led through it when they sign in next; remind them.")), where)
        return fine(_("The tier is %(tier)s, and everybody meets it."), **named)
