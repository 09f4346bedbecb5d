"""How the row of an erased contact looks, and under which key what is left of it stands."""

from uuid import UUID

from django.utils import timezone

from contacts.models import Contact
from security.encryption.keyring import shared_key


def blank_key(region_id: int) -> UUID:
    """Under which empty rows stand: nothing of anybody is under it."""
    return shared_key(region_id=region_id, purpose="blank")


def blank(contact: Contact, *, gone: str) -> None:
    """Nothing of the person is left on it; country and times stay, for the figures of reports."""
    contact.profile, contact.key_id = {}, blank_key(contact.region_id)
    contact.gone, contact.gone_at = gone, timezone.now()
    contact.last_seen_at = contact.moved_at = contact.held_at = None
    contact.marketing_stopped_at = contact.marketing_told_at = contact.suppressed_at = None
    contact.language = contact.time_zone = ""
    contact.version += 1
