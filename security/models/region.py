from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A part of the business whose people and data are kept apart from the others (PM-3)."""

    code = models.SlugField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("region name"), max_length=80)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Taipei")

    class Meta:
        ordering = ("id",)
        verbose_name, verbose_name_plural = _("region"), _("regions")
        constraints = [models.CheckConstraint(condition=~models.Q(code=""), name="region_code_given")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person works in a region; who let them in, and when."""

    user = models.ForeignKey("security.User", on_delete=models.CASCADE, related_name="memberships")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="memberships")
    added_by = models.ForeignKey("security.User", null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("user", "region"), name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.region_id}"
