"""Policy settings: the numbers an admin may change without a deploy, and the base every app's own policy builds on."""

import time
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# How long a process may act on a policy that was changed elsewhere; a technical bound, not a product number.
FRESH_FOR_SECONDS = 5.0


def bounded(label: Any, default: int, low: int, high: int, words: Any) -> models.PositiveIntegerField:
    """A whole-number setting with its default, its bounds and its name and meaning for the admin."""
    return models.PositiveIntegerField(
        label, default=default, help_text=words, validators=[MinValueValidator(low), MaxValueValidator(high)]
    )


class Policy(models.Model):
    """One row of settings per app. Read with ``XPolicy.current()``; changed by ``actions.policies.change_policy``."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    _cache: ClassVar[dict[type, tuple[float, Any]]] = {}
    # Limits rights: changed with a reason, and a fresh second factor where that is asked for.
    grave: ClassVar[bool] = False

    class Meta:
        abstract = True

    @classmethod
    def current(cls) -> Self:
        """The settings in force, at most a few seconds old; the declared defaults when nobody changed any."""
        read_at, policy = Policy._cache.get(cls, (0.0, None))
        if policy is None or time.monotonic() - read_at > FRESH_FOR_SECONDS:
            policy = cls._default_manager.filter(pk=1).first() or cls()
            Policy._cache[cls] = (time.monotonic(), policy)
        return policy

    @staticmethod
    def forget() -> None:
        """Drop the cached rows of this process (after a change, and between tests)."""
        Policy._cache.clear()


class SecurityPolicy(Policy):
    """The stream, and how rights are limited."""

    grave = True

    marketing_senders = bounded(
        _("marketing senders"), 3, 0, 50, _("How many people may hold the duty of sending marketing (PM-2: 3).")
    )
    history_days = bounded(
        _("history for agents (days)"),
        7,
        1,
        3650,
        _("Days of a conversation's messages that observers and agents see (SE-5: 7)."),
    )
    campaign_senders_percent = bounded(
        _("more senders for a time (% of the team)"),
        20,
        0,
        100,
        _("How many people may hold the duty of sending marketing for a time, as a share of the team (PM-6: 20 %)."),
    )
    review_percent = bounded(
        _("drawn for the quarterly review (%)"),
        10,
        1,
        100,
        _("Share of the high-risk rights that is drawn (PM-7: 10 %)."),
    )
    review_days = bounded(
        _("time for the quarterly review (days)"), 14, 1, 90, _("What is not confirmed in these days is withdrawn.")
    )
    health_days = bounded(
        _("use of permissions (days)"), 30, 7, 365, _("Days over which the use of permissions is measured.")
    )
    health_after_days = bounded(
        _("judged after (days)"), 14, 0, 365, _("Days that must have been measured before anything is proposed.")
    )
    usage_target_percent = bounded(
        _("permissions used (%)"), 85, 0, 100, _("Share of its holders who should use a permission (PM-10: 85 %).")
    )
    error_target_percent = bounded(
        _("permissions refused (%)"), 5, 0, 100, _("Share of uses that may be refused (PM-10: 5 %).")
    )
    trainee_days = bounded(
        _("traineeship (days)"), 30, 1, 365, _("How long somebody new is a trainee, from their first day (PM-4: 30).")
    )
    grant_days = bounded(
        _("longest temporary grant (days)"), 90, 1, 366, _("A permission for a time ends after at most this many days.")
    )

    factor_fresh_minutes = bounded(
        _("second factor is fresh for (minutes)"),
        10,
        1,
        120,
        _("How long after a code was given no other is asked for before deeds that need one (PM-9)."),
    )
    admin_needs_factor = models.BooleanField(
        _("Django admin needs a second factor"),
        default=False,
        help_text=_(
            "Admins give a code at its door as well. Dangerous deeds ask whoever must have one for a fresh code anyway "
            "(PM-9)."
        ),
    )
    recovery_codes = bounded(
        _("recovery codes"), 10, 5, 30, _("How many codes somebody is given for the day their telephone is gone.")
    )

    stream_retention_days = bounded(
        _("stream retention (days)"), 7, 1, 90, _("Days the live stream can be replayed (architecture: 7).")
    )
    heartbeat_seconds = bounded(
        _("heartbeat (seconds)"), 15, 5, 60, _("Seconds between heartbeats on a live connection.")
    )
    presence_seconds = bounded(
        _("absent after (seconds)"),
        45,
        10,
        600,
        _("Whoever has had no live tab for this long counts as not there; three heartbeats are a good span."),
    )
    replay_page = bounded(
        _("events read at a time"), 500, 50, 5000, _("Events read at a time when a connection catches up.")
    )

    view_log_minutes = bounded(
        _("looking is logged once in (minutes)"),
        60,
        1,
        1440,
        _("Somebody who looks at the same object again within so many minutes makes no new line in the operation log."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("security policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def silence(self) -> timedelta:
        """How long nobody may have spoken for somebody who counts as there: two heartbeats at least."""
        return timedelta(seconds=max(self.presence_seconds, 2 * self.heartbeat_seconds))
