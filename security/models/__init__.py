from security.models.access_request import AccessRequest
from security.models.api_key import ApiKey
from security.models.device import KnownCountry, KnownDevice
from security.models.duty import DutyHolding
from security.models.factor import RecoveryCode, RecoveryFactor, TotpFactor
from security.models.grant import Grant
from security.models.keys import DataKey, RegionKey
from security.models.lock import AccountLock
from security.models.mail import OutgoingMail
from security.models.operation import Operation
from security.models.permission_use import PermissionUse
from security.models.presence import Presence
from security.models.region import Membership, Region
from security.models.review import Review, ReviewItem
from security.models.seal import Seal
from security.models.session import BrowserSession
from security.models.stream import StreamEvent, StreamHead
from security.models.team import Team, TeamMembership
from security.models.traineeship import Traineeship
from security.models.user import User
from security.models.withheld import Withheld
from security.models.work import WorkProfile
from security.policy import SecurityPolicy
from security.session_policy import SessionPolicy

__all__ = [
    "AccessRequest",
    "AccountLock",
    "ApiKey",
    "BrowserSession",
    "DataKey",
    "DutyHolding",
    "Grant",
    "KnownCountry",
    "KnownDevice",
    "Membership",
    "Operation",
    "OutgoingMail",
    "PermissionUse",
    "Presence",
    "RecoveryCode",
    "RecoveryFactor",
    "Region",
    "RegionKey",
    "Review",
    "ReviewItem",
    "Seal",
    "SecurityPolicy",
    "SessionPolicy",
    "StreamEvent",
    "StreamHead",
    "Team",
    "TeamMembership",
    "TotpFactor",
    "Traineeship",
    "User",
    "Withheld",
    "WorkProfile",
]
