from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inbox.policies import visible_canned_replies
from security.access import Access
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


class CannedReplyQuerySet(ScopedQuerySet["CannedReply"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_canned_replies(access))


class CannedReply(models.Model):
    """A prepared answer, called by ``/shortcut``. With an ``owner`` it is personal, else the region's team has it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", verbose_name=_("region"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    shortcut = models.CharField(_("shortcut"), max_length=40)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=4096)
    created_at = models.DateTimeField(_("made at"))

    objects: ClassVar[Any] = ClosedManager.from_queryset(CannedReplyQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("canned reply"), _("canned replies")
        constraints = [
            models.UniqueConstraint(
                fields=("region", "shortcut"), condition=models.Q(owner=None), name="team_shortcut_once"
            ),
            models.UniqueConstraint(
                fields=("owner", "shortcut"), condition=models.Q(owner__isnull=False), name="own_shortcut_once"
            ),
        ]

    def __str__(self) -> str:
        return f"/{self.shortcut}"
