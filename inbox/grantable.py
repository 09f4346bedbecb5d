"""What of the inbox can be given to somebody one by one."""

from inbox.models import Channel, Conversation
from inbox.shaping import contact_name
from security.grantable import Grantable

GRANTABLE = (
    Grantable(
        "inbox.conversation",
        seen_by=lambda access: Conversation.objects.visible_to(access).select_related("contact"),
        called=contact_name,
    ),
    Grantable(
        "inbox.channel", seen_by=lambda access: Channel.objects.visible_to(access), called=lambda channel: channel.name
    ),
)
