from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "inbox"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        # Imported for what they register: event types, subjects of the log, what is searchable.
        from inbox import (  # noqa: F401
            events,
            log_subjects,
            note_events,
            notification_events,
            policies,
            queries,
            searchable,
        )
        from inbox.actions.notifications import notify
        from inbox.actions.requeue import release_region
        from inbox.demo import selfcheck  # noqa: F401
        from inbox.grantable import GRANTABLE
        from inbox.permissions import RIGHTS
        from inbox.privacy import registering as privacy
        from security.access import register_granted_regions
        from security.actions.people import follow_leaving
        from security.grantable import register_grantable
        from security.levels import declare_permissions
        from security.notifying import register_notifier
        from security.places import register_place

        declare_permissions(RIGHTS)
        log_subjects.register()
        privacy.register()
        register_notifier(notify)
        register_place("conversation", queries.scope_of_conversation)
        for kind in GRANTABLE:
            register_grantable(kind)
        register_granted_regions(queries.regions_of_grants)
        follow_leaving(release_region)
        _join_cards()
        _register_parts()
        _keep_promises()
        _show_contacts()
        _tell_facts()


def _join_cards() -> None:
    """What the inbox adds to a contact's card, and what follows from its tags."""
    from contacts.tagging import register_tag_follower, register_tagged
    from inbox.actions import tagging
    from inbox.card import sections

    sections.register()
    register_tag_follower(tagging.tell_conversations)
    register_tagged("conversations", uses=tagging.uses_of, move=tagging.move_merged, put_back=tagging.put_back_merged)


def _register_parts() -> None:
    """What folders of their own add to the inbox: events of theirs, mails, what follows news of an account."""
    from inbox.accounts import reactions
    from inbox.coaching import events as coaching_events  # noqa: F401
    from inbox.keywords import events as keyword_events  # noqa: F401
    from inbox.keywords import letters

    reactions.register()
    letters.register()
    _furnish_rules()


def _furnish_rules() -> None:
    """What happens here, what can be asked of it, and what a rule can do."""
    from inbox import contact_facts
    from inbox.rules import deeds, events, facts

    contact_facts.register()
    events.register()
    facts.register()
    deeds.register()


def _keep_promises() -> None:
    """What a region's working hours promised moves with them."""
    from inbox import promises
    from security.actions.regions import follow_regions

    follow_regions(promises.follow)


def _tell_facts() -> None:
    """What the client is told with the session."""
    from inbox import queries
    from inbox.policy import InboxPolicy
    from security.api.session import register_fact

    register_fact(
        "simulator_url", lambda access: settings.KEFU_SIMULATOR_URL if queries.simulator_in_use(access) else None
    )
    register_fact("voice_seconds", lambda access: InboxPolicy.current().voice_minutes * 60)


def _show_contacts() -> None:
    """Contacts are seen by their conversations, too."""
    from contacts.policies import ByConversation, register_conversations
    from inbox import contact_facts, outside, policies

    contact_facts.register()
    outside.register()
    register_conversations(
        ByConversation(
            applies=policies.sees_by_conversation,
            contacts_seen=policies.contacts_seen,
            scopes=policies.scopes_by_contact,
            sees=policies.sees_conversation,
        )
    )
