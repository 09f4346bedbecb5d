from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from inbox.models.sla import OfRegion
from security.models import Region
from security.scoping import ClosedManager

_LONGEST = 36_500


def _days(label: Any, least: int, words: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        label,
        null=True,
        blank=True,
        help_text=words,
        validators=[MinValueValidator(least), MaxValueValidator(_LONGEST)],
    )


class RetentionRule(models.Model):
    """How long a region keeps what people write (CM-8). Without a row, or where a kind is empty: for ever. The nights
    delete what is older; what belongs to a contact under a legal hold stays."""

    region = models.OneToOneField(
        Region, on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name=_("region")
    )
    message_days = _days(
        _("messages (days)"), 30, _("Messages and internal notes, with their files. Empty: they are kept.")
    )
    file_days = _days(_("files (days)"), 14, _("Files; their messages stay. Empty: as long as their messages."))
    webhook_days = _days(
        _("raw webhooks (days)"), 1, _("What WhatsApp delivered, as it came. Empty: as the inbox policy says.")
    )
    active = models.BooleanField(
        _("deletes"), default=False, help_text=_("Off: nothing is deleted; look first at what would be.")
    )
    begins_at = models.DateTimeField(
        _("deletes from"), null=True, editable=False,
        help_text=_("Switched on or made shorter, it begins only after the time that the privacy policy says."),
    )  # fmt: skip
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        verbose_name, verbose_name_plural = _("retention"), _("retention")

    def __str__(self) -> str:
        return str(self.region)
