from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.models.channel import Channel
from inbox.policies import visible_prepared
from security.access import Access
from security.ids import new_id
from security.models import Region, Team
from security.scoping import ClosedManager, ScopedQuerySet


class PreparedQuerySet(ScopedQuerySet[Any]):
    """Canned replies and macros: one's own, and those of one's regions. What is deleted can be restored for a while,
    and is not there for anybody else."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_prepared(access))

    def living(self) -> Self:
        return self.filter(deleted_at=None)


class CannedReply(models.Model):
    """A prepared answer, called by ``/shortcut`` (CM-7). With an ``owner`` it is personal, else the region's; ``team``
    says whose it is among the region, who find it first.

    ``text`` may hold variables in braces (``inbox.canned.variables``). Several may share a shortcut in different
    languages: the conversation's own is proposed first. ``buttons`` are the titles of up to three to press.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", verbose_name=_("region"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("team"))
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("number")
    )
    shortcut = models.CharField(_("shortcut"), max_length=40)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=4096)
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    buttons = models.JSONField(_("buttons"), default=list)
    created_at = models.DateTimeField(_("made at"))
    changed_at = models.DateTimeField(_("changed at"), null=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(PreparedQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("canned reply"), _("canned replies")
        permissions = (("share_reply", "Can share canned replies and macros with a region"),)
        constraints = [
            models.UniqueConstraint(
                fields=("region", "shortcut", "language"),
                condition=Q(owner=None, deleted_at=None),
                name="team_shortcut_once",
            ),
            models.UniqueConstraint(
                fields=("owner", "shortcut", "language"),
                condition=Q(owner__isnull=False, deleted_at=None),
                name="own_shortcut_once",
            ),
        ]

    def __str__(self) -> str:
        return f"/{self.shortcut}"


class ReplyUseQuerySet(ScopedQuerySet["ReplyUse"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_prepared(access, of="reply__"))


class ReplyUse(models.Model):
    """How often somebody sent a canned reply, and when last. A row per person and reply, written after the message by a
    task of its own, so that sending waits for nobody's counter. A figure, not a record: a lost task is a lost count."""

    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    # What was counted last: a task that runs twice counts once.
    last_ref = models.UUIDField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ReplyUseQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("reply", "person"), name="reply_use_once")]

    def __str__(self) -> str:
        return f"{self.reply_id} by {self.person_id}: {self.times}"
