"""The mails about the security tier, incidents, and devices to confirm."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from security.mail.letters import Letter, register_letter
from security.mail.moments import moment
from security.models import DeviceConfirmation, Incident, TierPolicy, TierSwitch, User
from security.tiers.devices import confirmation_link
from security.whereabouts import country_name, shown_network


def _device(user: User, context: Mapping[str, Any]) -> Letter | None:
    """``confirmation``: its id. Of one that was confirmed or denied meanwhile nothing is told."""
    row = DeviceConfirmation.objects.filter(pk=context["confirmation"], user=user, confirmed_at=None).first()
    if row is None:
        return None
    return Letter(
        subject=_("Confirm a new device for Kefu"),
        lead=(
            _("Somebody is signing in to your account with your password and second factor, in a new browser."),
            _("If it is you, open the link in that very browser: in any other one it does nothing."),
        ),
        facts=(
            (_("When"), moment(row.asked_at)),
            (_("Device"), row.kind or _("unknown")),
            (_("Country"), country_name(row.country, user.language) or _("unknown")),
            (_("Network"), shown_network(row.ip) or _("unknown")),
        ),
        link=(_("Confirm this device"), confirmation_link(row)),
        closing=(
            _("The link works once, for %(minutes)s minutes.") % {"minutes": TierPolicy.current().device_link_minutes},
            _("If it was not you, change your password at once and tell an admin."),
        ),
    )


def _switched(user: User, context: Mapping[str, Any]) -> Letter | None:
    row = TierSwitch.objects.filter(pk=context["switch"]).first()
    if row is None:
        return None
    until = ((_("Until"), moment(row.until)),) if row.until is not None else ()
    return Letter(
        subject=_("The security tier of Kefu was switched"),
        lead=(_("The tier is now: %(tier)s.") % {"tier": row.get_tier_display()},),
        facts=(
            (_("When"), moment(row.at)),
            *until,
            (_("By"), _name(row.switched_by) or row.get_how_display()),
            (_("Reason"), row.reason or "—"),
        ),
        link=(_("Open the tier"), _page()),
    )


def _begun(user: User, context: Mapping[str, Any]) -> Letter | None:
    row = Incident.objects.filter(pk=context["incident"]).first()
    if row is None:
        return None
    return Letter(
        subject=_("Kefu is in incident mode"),
        lead=(_("Dangerous rights are held back from everybody but admins who give a code."),),
        facts=(
            (_("When"), moment(row.begun_at)),
            (_("Until"), moment(row.ends_at)),
            (_("By"), _name(row.begun_by) or "—"),
            (_("Reason"), row.reason),
        ),
        link=(_("Open the tier"), _page()),
    )


def _ended(user: User, context: Mapping[str, Any]) -> Letter | None:
    row = Incident.objects.filter(pk=context["incident"]).exclude(ended_at=None).first()
    if row is None:
        return None
    return Letter(
        subject=_("Incident mode is over"),
        lead=(_("Everybody has their rights again."),),
        facts=(
            (_("Begun"), moment(row.begun_at)),
            (_("Ended"), moment(row.ended_at or row.ends_at)),
            (_("Why"), row.ended_why),
        ),
        link=(_("Open the tier"), _page()),
    )


def _name(user: User | None) -> str:
    return user.name if user is not None else ""


def _page() -> str:
    return f"{settings.KEFU_PUBLIC_URL}/admin/tier/"


def register() -> None:
    register_letter("device.confirm", _device)
    register_letter("tier.switched", _switched)
    register_letter("incident.begun", _begun)
    register_letter("incident.ended", _ended)
