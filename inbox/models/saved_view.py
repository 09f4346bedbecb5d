from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.policies import visible_saved_views
from security.access import Access
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


class SavedViewQuerySet(ScopedQuerySet["SavedView"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_saved_views(access))


class SavedView(models.Model):
    """A list of conversations under a name (PM-11): its owner's alone, or with a ``region`` that region's.

    ``filters`` is what the query string of a list takes. Everybody sees in it only what they see anyway.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("region"))
    name = models.CharField(_("name"), max_length=60)
    filters = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(SavedViewQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("saved view"), _("saved views")
        constraints = [
            models.CheckConstraint(condition=Q(owner__isnull=False) | Q(region__isnull=False), name="saved_view_of_one")
        ]

    def __str__(self) -> str:
        return self.name
