"""A rule as the one who does something."""

from dataclasses import dataclass
from uuid import UUID

from security.access import System


@dataclass(frozen=True)
class ByRule(System):
    """``reason`` is the rule's name, which the operation log shows. ``depth``: how many rules stand between this run
    and a person; what it does sets off further ones only up to the policy's depth."""

    rule_id: UUID
    run_id: UUID
    depth: int = 0
    actor_kind = "rule"
