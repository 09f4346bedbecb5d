"""How much work one search may make."""

from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class SearchPolicy(Policy):
    search_page = bounded(
        _("found at a time"), 20, 5, 50, _("How many messages, notes or contacts a page of hits has.")
    )
    search_opened = bounded(
        _("opened for one search"),
        400,
        50,
        5000,
        _("How many candidates are decrypted and read for one page. Past that it ends early, and says so."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("search policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
