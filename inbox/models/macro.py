from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inbox.models.canned_reply import PreparedQuerySet
from inbox.models.conversation import Conversation
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


class Macro(models.Model):
    """Several steps under a name, done in order to one conversation (CM-7). With an ``owner`` it is personal, else the
    region's.

    ``steps``: ``[{kind, …}]`` as ``inbox.macros.steps`` declares them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", verbose_name=_("region"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=60)
    steps = models.JSONField(_("steps"), default=list)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("made at"))
    deleted_at = models.DateTimeField(_("deleted at"), null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(PreparedQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("macro"), _("macros")

    def __str__(self) -> str:
        return self.name


class MacroRunQuerySet(ScopedQuerySet["MacroRun"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(run_by_id=access.user_id)


class MacroRun(models.Model):
    """A macro was run on a conversation, by whom and when; with what its steps changed, so that those which can be taken
    back are. Only whoever ran it reads it; once per ``client_ref``.

    ``changes``: per step ``{kind, before?, after?}`` of a conversation's standing, sealed under the contact's key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    macro = models.ForeignKey(Macro, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    client_ref = models.CharField(max_length=64)
    key_id = models.UUIDField()
    changes = EncryptedField()
    run_at = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(MacroRunQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("run_by", "client_ref"), name="macro_run_once")]

    def __str__(self) -> str:
        return f"{self.macro_id} in {self.conversation_id} by {self.run_by_id}"
