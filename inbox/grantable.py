"""What of the inbox can be given to somebody one by one."""

from django.utils.translation import gettext_lazy as _

from inbox.finding import conversations_of
from inbox.models import Channel, Conversation
from inbox.shaping import contact_name
from security.grantable import Grantable

GRANTABLE = (
    Grantable(
        "inbox.conversation",
        seen_by=lambda access: Conversation.objects.visible_to(access).select_related("contact"),
        called=contact_name,
        title=_("Conversation"),
        look_for=conversations_of,
    ),
    Grantable(
        "inbox.channel",
        seen_by=lambda access: Channel.objects.visible_to(access),
        called=lambda channel: channel.name,
        title=_("Channel"),
    ),
)
