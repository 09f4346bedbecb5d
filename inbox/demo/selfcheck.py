"""What the demo leaves open, for the self-check: its people share one password that is printed at the start."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from inbox.demo.accounts import DOMAIN
from security.models import User
from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, register_check
from security.selfcheck.checks.people import people
from security.selfcheck.checks.settings import is_this_machine


@register_check
class DemoPeople(Check):
    id, title, weight = "demo", gettext_lazy("No demo people can sign in"), 10

    def look(self) -> Finding:
        there = User.objects.filter(email__endswith=DOMAIN, is_active=True).count()
        fix = Said(_("Deactivate them and unset KEFU_DEMO_PASSWORD; better, begin with an empty database."))
        if there:
            alone = not settings.KEFU_PRODUCTION and is_this_machine(urlsplit(settings.KEFU_PUBLIC_URL).hostname)
            said = Said(_("%(n)s share one known password."), {"n": there})
            return Finding(WARN if alone else BAD, said, fix, people())
        if settings.KEFU_DEMO_PASSWORD:
            return Finding(WARN, Said(_("There are none, but KEFU_DEMO_PASSWORD is still set.")), fix)
        return fine(_("There are none."))
