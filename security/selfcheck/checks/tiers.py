"""Whether what the tier in force asks for is so."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.models.allowed_address import EVERYBODY
from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, listed, register_check
from security.tier_policy import ADVANCED, BASIC, ENTERPRISE
from security.tiers.facts import lasting_lists, rules_are_on, unready_people
from security.tiers.standing import in_force, standing

_MET = {
    BASIC: _("The tier is basic, and everybody meets it."),
    ADVANCED: _("The tier is advanced, and everybody meets it."),
    ENTERPRISE: _("The tier is enterprise, and everybody meets it."),
}
_UNMET = {
    BASIC: _("The tier is basic; %(n)s people do not meet it yet: %(names)s."),
    ADVANCED: _("The tier is advanced; %(n)s people do not meet it yet: %(names)s."),
    ENTERPRISE: _("The tier is enterprise; %(n)s people do not meet it yet: %(names)s."),
}


@register_check
class Tier(Check):
    id, title, weight = "tier", gettext_lazy("What the security tier asks for is so"), 6

    def look(self) -> Finding:
        tier = standing().tier
        if in_force(ADVANCED) and not lasting_lists().get(EVERYBODY):
            said = Said(_("The tier in force asks for lasting allowed addresses for everybody, and there are none."))
            fix = Said(_("Allow the addresses of your offices, for everybody and for good."))
            return Finding(BAD, said, fix, reverse("admin:security_allowedaddress_changelist"))
        if in_force(ENTERPRISE) and not rules_are_on():
            said = Said(_("The tier in force asks for the behaviour rules, and some are off."))
            fix = Said(_("Switch the rules on that came with Kefu."))
            return Finding(BAD, said, fix, reverse("admin:security_behaviourrule_changelist"))
        names = [one.user.name for one in unready_people(tier)]
        if names:
            said = Said(_UNMET[tier], {"n": len(names), "names": listed(names)})
            fix = Said(_("They are led through it when they sign in next; remind them."))
            return Finding(WARN, said, fix, reverse("admin:tier"))
        return fine(_MET[tier])
