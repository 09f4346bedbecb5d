from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("Contacts")

    def ready(self) -> None:
        from contacts import events, log_subjects, sealed, search  # noqa: F401  (registers event types)
        from contacts.actions import card_belongings, hygiene_belongings
        from contacts.card import orders
        from contacts.conditions import of_consent, of_contacts, of_fields, of_orders, of_tags
        from contacts.exchange import events as exchange_events  # noqa: F401
        from contacts.exchange import kinds, telling
        from contacts.imports import events as import_events  # noqa: F401
        from contacts.permissions import RIGHTS
        from contacts.privacy import purchases
        from contacts.rules import belongings as rule_belongings
        from contacts.rules import own
        from security.levels import declare_permissions

        declare_permissions(RIGHTS)
        sealed.register()
        purchases.register()
        log_subjects.register()
        search.register()
        of_contacts.register()
        kinds.register()
        telling.register()
        of_orders.register()
        own.register()
        rule_belongings.register()
        of_consent.register()
        of_tags.register()
        of_fields.register()
        card_belongings.register()
        hygiene_belongings.register()
        orders.register()
