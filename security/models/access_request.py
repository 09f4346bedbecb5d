from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.duty import DUTIES
from security.models.grant import Grant
from security.models.user import User

STATES = (
    ("open", _("waits for a decision")),
    ("approved", _("approved")),
    ("refused", _("refused")),
    ("withdrawn", _("withdrawn")),
)


class AccessRequest(models.Model):
    """Somebody asks for a permission or a duty they lack, from the place where it was refused (PM-6).

    ``asked_at`` to ``decided_at`` is the waiting time that is measured. What was approved is a ``Grant``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asker = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="access_requests", verbose_name=_("asked by")
    )
    permission = models.CharField(max_length=80, blank=True)
    duty = models.CharField(max_length=24, choices=DUTIES, blank=True)
    object_label = models.CharField(max_length=40, blank=True)
    object_pk = models.CharField(max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    hours = models.PositiveIntegerField(
        _("for how long (hours)"), help_text=_("For how long it is wanted, from the approval on.")
    )
    state = models.CharField(_("state"), max_length=10, choices=STATES, default="open")
    version = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    grant = models.OneToOneField(Grant, null=True, on_delete=models.SET_NULL, related_name="request")

    class Meta:
        verbose_name, verbose_name_plural = _("request for a permission"), _("requests for permissions")
        constraints = [
            models.CheckConstraint(condition=Q(permission="") ^ Q(duty=""), name="request_of_one_thing"),
            models.UniqueConstraint(
                fields=("asker", "permission", "duty", "object_pk"),
                condition=Q(state="open"),
                name="asked_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=("state", "asked_at", "id"), name="request_queue")]

    def __str__(self) -> str:
        return f"{self.asker_id} asks for {self.permission or self.duty}"
