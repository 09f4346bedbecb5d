from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.case import OfMessage
from inbox.models.conversation import Conversation
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Team
from security.scoping import ClosedManager

ENDINGS = (("acknowledged", _("acknowledged")), ("passed_on", _("handed on")), ("resolved", _("resolved meanwhile")))


class HandoverQuerySet(OfMessage):
    at = "given_at"


class Handover(models.Model):
    """A conversation was handed to somebody, or to a team, in words (PM-11). It stands on top of the thread until they
    have read it.

    ``summary`` is ``{asked, done, open}``: what the customer asked, what was done, what is still to do.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handovers", db_index=False)
    key_id = models.UUIDField()
    summary = EncryptedField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    to_team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=12, choices=ENDINGS, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(HandoverQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("conversation",), condition=Q(ended_at=None), name="one_handover_at_a_time")
        ]
        indexes = [models.Index(fields=("conversation", "-given_at", "-id"), name="handover_thread")]

    def __str__(self) -> str:
        return f"handover of {self.conversation_id}"

    @property
    def region_id(self) -> int:
        return self.conversation.region_id
