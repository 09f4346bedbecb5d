"""The numbers of signing in."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from security.levels import LEVELS
from security.policy import Policy, bounded

NOBODY = "nobody"


class SignInPolicy(Policy):
    """Passwords, the second factor at signing in, and what follows wrong guesses (SE-1, SE-2, SE-3)."""

    grave = True

    password_length = bounded(_("password length"), 12, 8, 128, _("Characters a password has at least (SE-1: 12)."))
    password_days = bounded(
        _("passwords expire after (days)"),
        90,
        0,
        3650,
        _("A new one is asked for at signing in then; 0: never (SE-1: 90)."),
    )
    password_warning_days = bounded(
        _("warned before (days)"), 7, 0, 60, _("How many days before its password expires somebody is told.")
    )
    passwords_remembered = bounded(
        _("passwords remembered"),
        5,
        0,
        24,
        _("How many of somebody’s last passwords they cannot take again (SE-1: 5)."),
    )
    factor_from = models.CharField(
        _("second factor from"),
        max_length=12,
        default="agent",
        choices=((NOBODY, _("nobody")), *LEVELS),
        help_text=_("Everybody of this level and above must have a second factor to sign in (SE-2: agent)."),
    )
    trust_days = bounded(
        _("a trusted browser is trusted for (days)"),
        30,
        0,
        90,
        _("So long no second factor is asked for at sign-in in a browser that was ticked as trusted; 0: off (SE-3)."),
    )
    step_minutes = bounded(
        _("time to finish signing in (minutes)"), 10, 2, 60, _("After the password, for the code or a new password.")
    )
    failures = bounded(
        _("wrong passwords"),
        3,
        1,
        20,
        _("So many wrong passwords in a row lock signing in with the address (SE-3: 3)."),
    )
    lock_minutes = bounded(
        _("locked for (minutes)"), 60, 1, 1440, _("How long signing in stays locked after wrong passwords (SE-3: 60).")
    )
    reset_minutes = bounded(
        _("reset link holds for (minutes)"), 60, 10, 1440, _("How long the link to set a new password can be used.")
    )
    reset_again_minutes = bounded(
        _("next reset link after (minutes)"),
        2,
        1,
        60,
        _("Whoever asks again sooner gets no further e-mail: nobody’s mailbox is flooded by strangers."),
    )
    link_shown_minutes = bounded(
        _("set-password link is shown for (minutes)"),
        5,
        1,
        60,
        _("How long an admin can show a link made for somebody."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("sign-in policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def lock(self) -> timedelta:
        return timedelta(minutes=self.lock_minutes)
