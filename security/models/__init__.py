from security.models.api_key import ApiKey
from security.models.keys import DataKey, RegionKey
from security.models.operation import Operation
from security.models.region import Membership, Region
from security.models.stream import StreamEvent, StreamHead
from security.models.user import DutyHolding, User
from security.policy import SecurityPolicy

__all__ = [
    "ApiKey",
    "DataKey",
    "DutyHolding",
    "Membership",
    "Operation",
    "Region",
    "RegionKey",
    "SecurityPolicy",
    "StreamEvent",
    "StreamHead",
    "User",
]
