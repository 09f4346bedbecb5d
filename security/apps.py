from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecurityConfig(AppConfig):
    name = "security"
    verbose_name = _("People and security")

    def ready(self) -> None:
        # Imported for what they register: boot checks, event types, checks of the installation.
        import security.selfcheck.checks  # noqa: F401
        from security import checks, events, trainee_events  # noqa: F401
        from security.grantable import Grantable, register_grantable
        from security.levels import declare_permissions
        from security.mail import account_letters, key_letters, team_letters, tier_letters
        from security.models import Region
        from security.permissions import RIGHTS

        declare_permissions(RIGHTS)
        account_letters.register()
        key_letters.register()
        team_letters.register()
        tier_letters.register()
        register_grantable(
            Grantable(
                "security.region",
                seen_by=lambda access: Region.objects.filter(pk__in=access.region_ids),
                called=lambda region: region.name,
                title=_("Region"),
            )
        )
