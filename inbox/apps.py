from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "inbox"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        from contacts.policies import ByConversation, register_conversations

        # Imported for what they register: event types, subjects of the log.
        from inbox import events, log_subjects, note_events, notification_events, policies, promises, queries  # noqa: F401
        from inbox.accounts import reactions
        from inbox.actions.notifications import notify
        from inbox.coaching import events as coaching_events  # noqa: F401
        from inbox.grantable import GRANTABLE
        from inbox.permissions import RIGHTS
        from inbox.policy import InboxPolicy
        from inbox.search import sources as search_sources
        from security.access import register_granted_regions
        from security.actions.regions import follow_regions
        from security.api.session import register_fact
        from security.grantable import register_grantable
        from security.levels import declare_permissions
        from security.notifying import register_notifier
        from security.places import register_place

        declare_permissions(RIGHTS)
        log_subjects.register()
        register_notifier(notify)
        register_place("conversation", queries.scope_of_conversation)
        reactions.register()
        search_sources.register()
        for kind in GRANTABLE:
            register_grantable(kind)
        register_granted_regions(queries.regions_of_grants)
        follow_regions(promises.follow)
        register_conversations(
            ByConversation(
                applies=policies.sees_by_conversation,
                contacts_seen=policies.contacts_seen,
                scopes=policies.scopes_by_contact,
                sees=policies.sees_conversation,
            )
        )
        register_fact(
            "simulator_url", lambda access: settings.KEFU_SIMULATOR_URL if queries.simulator_in_use(access) else None
        )
        register_fact("voice_seconds", lambda access: InboxPolicy.current().voice_minutes * 60)
