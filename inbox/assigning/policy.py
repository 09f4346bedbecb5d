"""Policy settings of assignment: the numbers behind PM-11."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class AssignmentPolicy(Policy):
    capacity = bounded(
        _("capacity"),
        20,
        0,
        500,
        _("Open conversations up to which somebody is given more by itself, unless set for the person."),
    )
    trainee_capacity = bounded(
        _("capacity of trainees"), 3, 0, 500, _("The same for trainees, unless set for the person.")
    )
    returning_days = bounded(
        _("same person again within (days)"),
        30,
        1,
        3650,
        _("A customer who comes back after at most this many days is given to whoever looked after them last."),
    )
    requeue_absent = models.BooleanField(
        _("take back from the absent"),
        default=True,
        help_text=_("When somebody is away or gone, what customers wait for goes back to the queue."),
    )
    requeue_minutes = bounded(
        _("take back after (minutes)"),
        10,
        1,
        1440,
        _("How long somebody is away, or has no tab open, before what customers wait for is taken back."),
    )
    batch = bounded(_("given out at a time"), 20, 1, 200, _("Conversations that are given out in one transaction."))
    looked_at = bounded(
        _("looked at in the queue"),
        500,
        20,
        10_000,
        _("How far into the queue of a number Kefu looks for something that somebody free can be given."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("assignment policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
