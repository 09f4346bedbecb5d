from inbox.assigning.policy import AssignmentPolicy
from inbox.models.account import AccountEvent, ChannelHealth, KnownTemplate
from inbox.models.amendment import Amendment
from inbox.models.assigning import AssignmentRule, AssignmentTurn
from inbox.models.canned_reply import CannedReply
from inbox.models.case import Assignment, Case, ReadMark, Resolution
from inbox.models.channel import Channel, ChannelPace
from inbox.models.conversation import Conversation
from inbox.models.media import Media
from inbox.models.message import Message, Reaction
from inbox.models.pause import ChannelPause
from inbox.models.webhook import ParkedStatus, StoredWebhook
from inbox.policy import InboxPolicy

__all__ = [
    "AccountEvent",
    "Amendment",
    "Assignment",
    "AssignmentPolicy",
    "AssignmentRule",
    "AssignmentTurn",
    "CannedReply",
    "Case",
    "Channel",
    "ChannelHealth",
    "ChannelPace",
    "ChannelPause",
    "Conversation",
    "InboxPolicy",
    "KnownTemplate",
    "Media",
    "Message",
    "ParkedStatus",
    "Reaction",
    "ReadMark",
    "Resolution",
    "StoredWebhook",
]
