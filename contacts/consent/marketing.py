"""May this person be sent marketing? One pure function over frozen facts, asked by every path on which something leaves
(SR-2): ``inbox.sending`` asks it when a message is written and again when it leaves."""

from dataclasses import dataclass
from datetime import datetime

from contacts.models import ConsentPolicy, Contact

STOPPED, SUPPRESSED, NOT_AGREED = "marketing_stopped", "contact_suppressed", "marketing_not_agreed"


@dataclass(frozen=True)
class MarketingFacts:
    """``told_at``: when they last said anything about it; ``stopped_at``: since when they want none of it;
    ``suppressed_at``: since when the team writes to them no more, whatever they want."""

    told_at: datetime | None
    stopped_at: datetime | None
    suppressed_at: datetime | None
    needs_opt_in: bool

    @classmethod
    def of(cls, contact: Contact) -> "MarketingFacts":
        return cls(
            told_at=contact.marketing_told_at,
            stopped_at=contact.marketing_stopped_at,
            suppressed_at=contact.suppressed_at,
            needs_opt_in=ConsentPolicy.current().needs_opt_in,
        )


def marketing_refusal(facts: MarketingFacts) -> str:
    """The code of why not; empty: they may. Their own word comes before what the team decided."""
    if facts.stopped_at is not None:
        return STOPPED
    if facts.suppressed_at is not None:
        return SUPPRESSED
    if facts.needs_opt_in and facts.told_at is None:
        return NOT_AGREED
    return ""
