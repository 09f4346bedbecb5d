"""Tags and custom fields of the demo shop, and some customers who have them: synthetic, as all of its people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from contacts.actions.custom_fields import set_fields
from contacts.actions.field_definitions import add_field
from contacts.actions.tagging import tag_contacts
from contacts.actions.tags import add_tag
from contacts.models import Contact, FieldDefinition
from contacts.models.tag import CONVERSATION
from inbox.actions.tagging import tag_conversation
from inbox.demo.material import material
from inbox.models import Conversation
from security.access import Access, access_of
from security.models import Region, User
from security.writing import write

_MOST = 45  # customers of a region: those who wrote last
_EACH = 3  # of them every third has fields


def mark_customers(people: Mapping[str, User], regions: Mapping[str, Region], *, now: datetime) -> None:
    """What there is was arranged by whoever may in the region; those who answer there put it on."""
    shares = material("shop")["shares"]
    for code, region in regions.items():
        answering = [access_of(people[name]) for name in shares[code]]
        lead = next(one for one in answering if one.can("contacts.manage_tag") and one.can("contacts.manage_field"))
        rows = Contact.objects.visible_to(lead).filter(region=region, gone="", last_seen_at__isnull=False)
        contacts = list(rows.order_by("-last_seen_at", "pk")[:_MOST])
        with write(by=lead):
            _add_tags(lead, answering, region, contacts)
            _add_fields(lead, region)
            for place, contact in enumerate(contacts[::_EACH]):
                values = _values(region, place, contact, now=now)
                set_fields(by=_who_sees(answering, contact, place), contact_id=contact.pk, values=values)


def _add_tags(lead: Access, answering: Sequence[Access], region: Region, contacts: Sequence[Contact]) -> None:
    for card in material("card")["tags"]:
        said = {name: card[name] for name in ("name", "colour", "group", "description", "scope")}
        tag = add_tag(by=lead, region_id=region.pk, **said)
        chosen = contacts[card["each"] - 1 :: card["each"]]
        for place, contact in enumerate(chosen):
            who = _who_sees(answering, contact, place)
            if card["scope"] != CONVERSATION:
                tag_contacts(by=who, contact_ids=[contact.pk], tag_id=tag.pk)
                continue
            talks = Conversation.objects.visible_to(who).filter(contact=contact).exclude(state="resolved")
            for talk_id in talks.values_list("pk", flat=True):
                tag_conversation(by=who, conversation_id=talk_id, tag_id=tag.pk)


def _add_fields(lead: Access, region: Region) -> None:
    for card in material("card")["fields"]:
        options = [{"label": label} for label in card.get("options", ())]
        add_field(
            by=lead, region_id=region.pk, key=card["key"], label=card["label"], type=card["type"], options=options
        )


def _who_sees(answering: Sequence[Access], contact: Contact, place: int) -> Access:
    """In turn, of those for whom the contact is not too old."""
    able = [one for one in answering if Contact.objects.visible_to(one).filter(pk=contact.pk).exists()]
    return able[place % len(able)]


def _values(region: Region, place: int, contact: Contact, *, now: datetime) -> dict[str, Any]:
    """Two to five of them: nobody's card is complete."""
    notes, teas = material("card")["delivery_notes"], _teas(region)
    joined = min(contact.first_seen_at, now) - timedelta(days=20 + 37 * place % 400)
    values = {
        "favourite_tea": teas[place % len(teas)],
        "joined_on": joined.date().isoformat(),
        "gifts_a_year": 2 + 5 * place % 40,
        "gift_wrap": place % 2 == 0,
        "delivery_note": notes[place % len(notes)],
    }
    return dict(list(values.items())[: 2 + place % 4])


def _teas(region: Region) -> list[str]:
    row = FieldDefinition.objects.for_system("the demo shop").get(region=region, key="favourite_tea", archived_at=None)
    return [option["key"] for option in row.options]
