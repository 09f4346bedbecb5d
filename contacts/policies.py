"""Who sees a contact: people of its region, and whoever was given this one contact. Both directions, kept in step."""

from django.db.models import Q

from security.access import Access, Scope
from security.streams import register_audience

LABEL = "contacts.contact"


def visible_contacts(access: Access, *, of: str = "") -> Q:
    """The SQL filter; ``of`` is the path to the contact (``"contact__"``)."""
    allowed = Q(**{f"{of}region_id__in": access.region_ids})
    granted = access.granted.get(LABEL)
    return allowed | Q(**{f"{of}pk__in": granted}) if granted else allowed


def sees_contact(access: Access, scope: Scope) -> bool:
    """The same over a scope ``{region_id, object_id}``; ``contact_id`` when the object only belongs to the contact."""
    contact_id = scope.get("contact_id", scope["object_id"])
    return scope["region_id"] in access.region_ids or contact_id in access.granted.get(LABEL, ())


register_audience("contact", sees_contact)
