from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "inbox"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        from inbox import events, queries  # noqa: F401  (registers event types)
        from inbox.accounts import reactions
        from inbox.permissions import LOWEST_LEVEL
        from security.access import register_granted_regions
        from security.api.session import register_simulator
        from security.levels import declare_permissions

        declare_permissions(LOWEST_LEVEL)
        reactions.register()
        register_granted_regions(queries.regions_of_grants)
        register_simulator(lambda access: settings.KEFU_SIMULATOR_URL if queries.simulator_in_use(access) else None)
