from django.db import models
from django.utils.translation import gettext_lazy as _

from security.ids import new_id
from security.models.user import User

EVERYBODY, ADMINS, EXECUTIVES, KEYS = "everybody", "admins", "executives", "keys"
GROUPS = (
    (EVERYBODY, _("Everybody")),
    (ADMINS, _("Admins, and Django admin")),
    (EXECUTIVES, _("Executives")),
    (KEYS, _("API keys")),
)


class AllowedAddress(models.Model):
    """Addresses from which a group is let in (SE-4). A group without a row is not restricted by address.

    ``network`` is CIDR, IPv4 or IPv6, in its shortest spelling. A row whose time is over counts as none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=80)
    network = models.CharField(_("addresses"), max_length=49)
    group = models.CharField(_("for whom"), max_length=12, choices=GROUPS, default=EVERYBODY)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    added_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("allowed address"), _("allowed addresses")

    def __str__(self) -> str:
        return f"{self.name} ({self.network})"
