from django.db import models
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.grant import Grant
from security.models.user import User

STATES = (
    ("open", _("waits for a decision")),
    ("confirmed", _("confirmed")),
    ("withdrawn", _("withdrawn")),
    ("lapsed", _("not confirmed in time")),
)
KINDS = (("permission", _("permission")), ("duty", _("duty")), ("grant", _("for a time")))


class Review(models.Model):
    """The review of one quarter (PM-7). The same ``seed`` over the same holdings draws the same ones again."""

    quarter = models.CharField(_("quarter"), max_length=6, unique=True, help_text=_("For example 2026Q4."))
    seed = models.CharField(_("seed of the draw"), max_length=64)
    percent = models.PositiveSmallIntegerField(_("share drawn (%)"))
    held = models.PositiveIntegerField(
        _("drawn from"), help_text=_("How many high-risk holdings there were to draw from.")
    )
    drawn_at = models.DateTimeField(_("drawn at"))
    due_at = models.DateTimeField(_("due at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("review"), _("reviews")
        permissions = (("review_grant", "Can confirm or withdraw drawn permissions"),)

    def __str__(self) -> str:
        return self.quarter


class ReviewItem(models.Model):
    """One holding that was drawn: whose, what, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="items", verbose_name=_("review"))
    holder = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    name = models.CharField(_("right"), max_length=80)
    grant = models.ForeignKey(Grant, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=STATES, default="open")
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("drawn permission"), _("drawn permissions")
        constraints = [models.UniqueConstraint(fields=("review", "holder", "kind", "name", "grant"), name="drawn_once")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.name} of {self.holder_id}"
