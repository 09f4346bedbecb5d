"""Whether anybody watches, and decides."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.behaviour.shipped import SHIPPED
from security.models import BehaviourAlarm, BehaviourRule
from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, register_check

_LEFT_LYING = timedelta(days=3)


@register_check
class Watching(Check):
    id, title, weight = "behaviour", gettext_lazy("Behaviour rules are on, and alarms decided"), 5

    def look(self) -> Finding:
        old = BehaviourAlarm.objects.filter(state="open", raised_at__lt=timezone.now() - _LEFT_LYING).count()
        if old:
            where = f"{reverse('admin:security_behaviouralarm_changelist')}?state__exact=open"
            said = Said(_("%(n)s alarms have been waiting for more than three days."), {"n": old})
            return Finding(BAD, said, Said(_("Decide on them.")), where)
        on = BehaviourRule.objects.filter(is_on=True)
        shipped = on.filter(shipped__in=SHIPPED).count()
        where = reverse("admin:security_behaviourrule_changelist")
        if shipped < len(SHIPPED):
            values = {"n": len(SHIPPED) - shipped}
            return Finding(
                WARN,
                Said(_("%(n)s of the rules that come with Kefu are off."), values),
                Said(_("Switch them on.")),
                where,
            )
        return fine(_("%(n)s rules are on."), n=on.count())
