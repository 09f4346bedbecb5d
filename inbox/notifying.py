"""Of what people are notified: every kind is declared here or by the code that notifies, with how it is told unless
somebody chose otherwise. What each is called is in the client's ``locales/*/notifications.json``."""

from collections.abc import Mapping
from dataclasses import dataclass

MENTION, WORK, PROMISE, RISK, RIGHTS, ANSWER = "mention", "work", "promise", "risk", "rights", "answer"
PROTECTION = "protection"
SECURITY = "security"


@dataclass(frozen=True)
class Kind:
    """``group`` is where it stands in the settings. ``mutable``: a person may do without it. ``derived``: nothing is
    stored, the client tells it from the live stream, since there is one per message. ``desktop`` and ``sound``: whether
    it is told so at first."""

    group: str
    mutable: bool = True
    derived: bool = False
    desktop: bool = True
    sound: bool = True


_kinds: dict[str, Kind] = {}


def declare_kinds(kinds: Mapping[str, Kind]) -> None:
    """Add kinds of notification. Declaring one differently a second time is an error of the program."""
    for name, kind in kinds.items():
        if _kinds.setdefault(name, kind) != kind:
            raise ValueError(f"the notification kind {name} is declared twice")


def kinds() -> dict[str, Kind]:
    """All of them by name, in the order of their declaration."""
    return dict(_kinds)


def kind_of(name: str) -> Kind:
    """``KeyError`` for one that nobody declared."""
    return _kinds[name]


declare_kinds(
    {
        "message.mine": Kind(WORK, derived=True),
        "queue.new": Kind(WORK, derived=True, desktop=False, sound=False),
        "conversation.assigned": Kind(WORK),
        "conversation.requeued": Kind(WORK),
        "handover.given": Kind(WORK),
        "handover.acknowledged": Kind(WORK, desktop=False, sound=False),
        "note.mentioned": Kind(MENTION),
        "lock.broken": Kind(WORK, mutable=False),
        "scheduled.failed": Kind(ANSWER, mutable=False),
        "reply.held": Kind(ANSWER),
        "reply.decided": Kind(ANSWER),
        "qa.scored": Kind(ANSWER, sound=False),
        "sla.warned": Kind(PROMISE),
        "risk.raised": Kind(RISK, mutable=False),
        "risk.escalated": Kind(RISK, mutable=False),
        "rule.notice": Kind(WORK),
        "rule.paused": Kind(PROTECTION, mutable=False, sound=False),
        "keyword.rose": Kind(WORK, sound=False),
        "alarm.raised": Kind(PROTECTION, mutable=False),
        "behaviour.changed": Kind(PROTECTION, mutable=False),
        "passkey.copied": Kind(PROTECTION, mutable=False),
        "selfcheck.monthly": Kind(PROTECTION, sound=False),
        "retention.set": Kind(PROTECTION, mutable=False, sound=False),
        "access.decided": Kind(RIGHTS, mutable=False, sound=False),
        "key.ending": Kind(RIGHTS, mutable=False, sound=False),
        "key.ended": Kind(RIGHTS, mutable=False, sound=False),
        # Told by the floors below, which know of no notifications.
        "exchange.stopped": Kind(ANSWER, mutable=False, sound=False),
        "session.unfamiliar": Kind(SECURITY, mutable=False),
        "sign_in.stalled": Kind(SECURITY, mutable=False),
        "account.locked": Kind(SECURITY, mutable=False),
        "tier.switched": Kind(PROTECTION, mutable=False),
        "incident.begun": Kind(PROTECTION, mutable=False),
        "incident.ended": Kind(PROTECTION, mutable=False),
        "device.waits": Kind(PROTECTION, mutable=False),
    }
)
