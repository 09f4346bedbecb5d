"""All there is of a contact, in one call."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.card.reading import contact_card
from contacts.card.shapes import ContactCardShape
from contacts.policies import LABEL
from security.api.base import KefuView
from security.log.viewing import viewed


class ContactCardSerializer(DataclassSerializer[ContactCardShape]):
    class Meta:
        dataclass = ContactCardShape
        ref_name = "ContactCard"


class CardView(KefuView):
    """One contact's card."""

    needs = {"GET": "contacts.see_contact"}

    @extend_schema(responses=ContactCardSerializer)
    def get(self, request: Request, contact_id: UUID) -> Response:
        """Show all of a contact

        Identities, tags, custom fields, what they agreed to, notes, what they bought, the latest orders, cases, files
        and links, and what of it an agent should see first. As far as the caller sees it.
        """
        card = contact_card(access=self.access, contact_id=contact_id)
        viewed(self.access, "contact.viewed", LABEL, contact_id)
        return Response(card)
