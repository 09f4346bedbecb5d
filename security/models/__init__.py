from security.models.access_request import AccessRequest
from security.models.allowed_address import AllowedAddress
from security.models.api_key import ApiKey
from security.models.behaviour import BehaviourAlarm, BehaviourCursor, BehaviourRule
from security.models.device import KnownCountry, KnownDevice
from security.models.device_confirmation import DeviceConfirmation
from security.models.drill import DrillMail, PhishingDrill
from security.models.duty import DutyHolding
from security.models.factor import RecoveryCode, RecoveryFactor, TotpFactor
from security.models.grant import Grant
from security.models.keys import DataKey, DestroyedKey, KeyRotation, MasterKeyUse, RegionKey
from security.models.lock import AccountLock
from security.models.mail import OutgoingMail
from security.models.operation import Operation
from security.models.passkey import Passkey
from security.models.past_password import PastPassword
from security.models.permission_use import PermissionUse
from security.models.presence import Presence
from security.models.region import Membership, Region
from security.models.reset_request import ResetRequest
from security.models.review import Review, ReviewItem
from security.models.seal import Seal
from security.models.search import SearchBlock, SearchEntry
from security.models.selfcheck import SelfcheckRun
from security.models.session import BrowserSession
from security.models.sign_in_guard import SignInGuard
from security.models.stalled_sign_in import StalledSignIn
from security.models.stream import StreamEvent, StreamHead
from security.models.team import Team, TeamMembership
from security.models.tier import Incident, TierSwitch
from security.models.traineeship import Traineeship
from security.models.user import User
from security.models.withheld import Withheld
from security.models.work import WorkProfile
from security.network_policy import KeyPolicy, LimitPolicy
from security.policy import SecurityPolicy
from security.search.policy import SearchPolicy
from security.selfcheck.policy import SelfcheckPolicy
from security.session_policy import SessionPolicy
from security.signing_in.policy import SignInPolicy
from security.tier_policy import TierPolicy

__all__ = [
    "AccessRequest",
    "AccountLock",
    "AllowedAddress",
    "ApiKey",
    "BehaviourAlarm",
    "BehaviourCursor",
    "BehaviourRule",
    "BrowserSession",
    "DataKey",
    "DestroyedKey",
    "DeviceConfirmation",
    "DrillMail",
    "DutyHolding",
    "Grant",
    "Incident",
    "KeyPolicy",
    "KeyRotation",
    "KnownCountry",
    "KnownDevice",
    "LimitPolicy",
    "MasterKeyUse",
    "Membership",
    "Operation",
    "OutgoingMail",
    "Passkey",
    "PastPassword",
    "PermissionUse",
    "PhishingDrill",
    "Presence",
    "RecoveryCode",
    "RecoveryFactor",
    "Region",
    "RegionKey",
    "ResetRequest",
    "Review",
    "ReviewItem",
    "Seal",
    "SearchBlock",
    "SearchEntry",
    "SearchPolicy",
    "SecurityPolicy",
    "SelfcheckPolicy",
    "SelfcheckRun",
    "SessionPolicy",
    "SignInGuard",
    "SignInPolicy",
    "StalledSignIn",
    "StreamEvent",
    "StreamHead",
    "Team",
    "TeamMembership",
    "TierPolicy",
    "TierSwitch",
    "TotpFactor",
    "Traineeship",
    "User",
    "Withheld",
    "WorkProfile",
]
