"""The numbers of sessions, devices and places (SE-3, SE-7)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class SessionPolicy(Policy):
    """How long somebody may be idle, and what about a sign-in is worth a word."""

    grave = True

    idle_minutes = bounded(
        _("signed out after (idle minutes)"),
        15,
        1,
        480,
        _("Whoever does nothing for so long is signed out, live connections too (SE-7: 15)."),
    )
    warning_seconds = bounded(
        _("warned before (seconds)"), 60, 10, 600, _("How long before being signed out somebody is asked to stay.")
    )
    ended_days = bounded(
        _("ended sessions are kept (days)"),
        30,
        8,
        365,
        _("Days for which it is known where and how an ended session was signed in; links in alert mails need them."),
    )
    device_days = bounded(
        _("devices are forgotten after (days)"),
        180,
        7,
        400,
        _("A browser in which somebody has not signed in for so long counts as new again."),
    )
    lock_link_hours = bounded(
        _("lock links hold for (hours)"),
        72,
        1,
        168,
        _("How long the link in an alert mail can lock the account (SE-3)."),
    )
    travel_kmh = bounded(
        _("fastest journey (km/h)"),
        1000,
        200,
        5000,
        _("Two sign-ins whose places would need a faster journey are told to the admins (SE-8)."),
    )
    travel_from_km = bounded(
        _("shortest journey that counts (km)"),
        500,
        50,
        5000,
        _("Places closer than this are never held against anybody: where an address is, is known coarsely only."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("session policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)
