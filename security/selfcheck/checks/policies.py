"""Policy numbers that were loosened. Each app says of which of its numbers more, or less, is looser."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.models import SecurityPolicy, SignInPolicy
from security.policy import Policy
from security.selfcheck.base import WARN, Check, Finding, Said, fine, listed, register_check

MORE, LESS = "more", "less"
_limits: dict[type[Policy], Mapping[str, str]] = {}


def register_limits(policy: type[Policy], looser: Mapping[str, str]) -> None:
    """``looser``: the name of a number, and whether ``MORE`` or ``LESS`` of it protects less."""
    _limits[policy] = {**_limits.get(policy, {}), **looser}


register_limits(
    SecurityPolicy,
    {
        "marketing_senders": MORE,
        "history_days": MORE,
        "campaign_senders_percent": MORE,
        "review_percent": LESS,
        "review_days": MORE,
        "trainee_days": LESS,
        "grant_days": MORE,
        "factor_fresh_minutes": MORE,
        "view_log_minutes": MORE,
    },
)
register_limits(SignInPolicy, {"trust_days": MORE})


@register_check
class Policies(Check):
    id, title, weight = "policies", gettext_lazy("No protective number was loosened"), 5

    def look(self) -> Finding:
        loosened = [(policy, name) for policy, limits in _limits.items() for name in _loosened(policy, limits)]
        if not loosened:
            return fine(_("All are at their defaults or stricter."))
        names = [_called(policy._meta, name) for policy, name in loosened]
        said = Said(_("%(n)s protect less than their default: %(names)s."), {"n": len(names), "names": listed(names)})
        fix = Said(_("Set them back, or note for whom they have to be so."))
        first = loosened[0][0]._meta
        return Finding(WARN, said, fix, reverse(f"admin:{first.app_label}_{first.model_name}_change", args=(1,)))


def _called(columns: Any, name: str) -> str:
    return str(columns.get_field(name).verbose_name)


def _loosened(policy: type[Policy], limits: Mapping[str, str]) -> list[str]:
    now: Any = policy.current()
    columns: Any = policy._meta
    found = []
    for name, looser in limits.items():
        value, default = getattr(now, name), columns.get_field(name).get_default()
        if value > default if looser == MORE else value < default:
            found.append(name)
    return found
