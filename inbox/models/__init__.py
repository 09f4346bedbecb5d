from inbox.assigning.policy import AssignmentPolicy
from inbox.coaching.policy import CoachingPolicy
from inbox.keywords.policy import KeywordPolicy
from inbox.models.account import AccountEvent, ChannelHealth, KnownTemplate
from inbox.models.amendment import Amendment
from inbox.models.assigning import AssignmentRule, AssignmentTurn
from inbox.models.bulk import BulkDeed
from inbox.models.canned_reply import CannedReply, ReplyUse
from inbox.models.case import Assignment, Case, ReadMark, Resolution
from inbox.models.channel import Channel, ChannelPace
from inbox.models.conversation import Conversation
from inbox.models.conversation_tag import ConversationTag
from inbox.models.deletion import Deletion
from inbox.models.draft import Draft
from inbox.models.handover import Handover
from inbox.models.held import HeldComment, HeldReply
from inbox.models.internal_note import InternalNote
from inbox.models.keyword import KeywordCount, KeywordDay, KeywordFollower, KeywordRise, KeywordTerm
from inbox.models.lock import ConversationLock
from inbox.models.macro import Macro, MacroRun
from inbox.models.media import Media
from inbox.models.message import Message, Reaction
from inbox.models.notification import Notification, NotificationChoices
from inbox.models.pause import ChannelPause
from inbox.models.qa import QaCriterion, QaDraw, QaRemark, QaReview, QaScore
from inbox.models.retention import RetentionRule
from inbox.models.risk import RiskCase, RiskMention, RiskPolicy, RiskRule, RiskStep, RiskTerm
from inbox.models.saved_view import SavedView
from inbox.models.scheduled import ScheduledReply
from inbox.models.sla import Holiday, ServiceHours, SlaBreach, SlaPolicy
from inbox.models.snooze import Snooze
from inbox.models.webhook import ParkedStatus, StoredWebhook
from inbox.policy import InboxPolicy

__all__ = [
    "AccountEvent",
    "Amendment",
    "Assignment",
    "AssignmentPolicy",
    "AssignmentRule",
    "AssignmentTurn",
    "BulkDeed",
    "CannedReply",
    "Case",
    "Channel",
    "ChannelHealth",
    "ChannelPace",
    "ChannelPause",
    "CoachingPolicy",
    "Conversation",
    "ConversationLock",
    "ConversationTag",
    "Deletion",
    "Draft",
    "Handover",
    "HeldComment",
    "HeldReply",
    "Holiday",
    "InboxPolicy",
    "InternalNote",
    "KeywordCount",
    "KeywordDay",
    "KeywordFollower",
    "KeywordPolicy",
    "KeywordRise",
    "KeywordTerm",
    "KnownTemplate",
    "Macro",
    "MacroRun",
    "Media",
    "Message",
    "Notification",
    "NotificationChoices",
    "ParkedStatus",
    "QaCriterion",
    "QaDraw",
    "QaRemark",
    "QaReview",
    "QaScore",
    "Reaction",
    "ReadMark",
    "ReplyUse",
    "Resolution",
    "RetentionRule",
    "RiskCase",
    "RiskMention",
    "RiskPolicy",
    "RiskRule",
    "RiskStep",
    "RiskTerm",
    "SavedView",
    "ScheduledReply",
    "ServiceHours",
    "SlaBreach",
    "SlaPolicy",
    "Snooze",
    "StoredWebhook",
]
