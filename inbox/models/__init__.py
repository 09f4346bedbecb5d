from inbox.models.amendment import Amendment
from inbox.models.canned_reply import CannedReply
from inbox.models.case import Assignment, Case, ReadMark, Resolution
from inbox.models.channel import Channel, ChannelPace
from inbox.models.conversation import Conversation
from inbox.models.media import Media
from inbox.models.message import Message, Reaction
from inbox.models.webhook import ParkedStatus, StoredWebhook
from inbox.policy import InboxPolicy

__all__ = [
    "Amendment",
    "Assignment",
    "CannedReply",
    "Case",
    "Channel",
    "ChannelPace",
    "Conversation",
    "InboxPolicy",
    "Media",
    "Message",
    "ParkedStatus",
    "Reaction",
    "ReadMark",
    "Resolution",
    "StoredWebhook",
]
