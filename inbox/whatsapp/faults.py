"""What can become of a call, as exceptions the outbox understands."""


class Fault(Exception):
    """A call did not end well; ``code`` is Meta's error code or our own word, ``details`` its human text (redacted)."""

    def __init__(self, code: str, details: str = "") -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code}: {details}" if details else code)


class Rejected(Fault):
    """Refused for good: repeating changes nothing."""


class Retry(Fault):
    """Certainly not sent, and worth repeating; ``after`` in seconds when WhatsApp said so."""

    def __init__(self, code: str, details: str = "", *, after: float | None = None) -> None:
        super().__init__(code, details)
        self.after = after


class Throttled(Retry):
    """The same, and the whole number has to be quiet meanwhile."""


class NumberDown(Fault):
    """The number, its token or its account cannot send at all: an operator must act."""


class Unconfirmed(Fault):
    """Nobody knows whether it was sent: never repeat blindly, wait for its status."""
