"""How a line of the log is written: without keys, and so that nobody can write a line of their own into it."""

import logging
import re
import unicodedata
from typing import Any

# Longer than what names a key in lists (``kefu_`` and ten signs): the secret itself.
_SECRET = re.compile(r"kefu_[0-9a-f]{11,}", re.IGNORECASE)
# Control signs (a terminal obeys some), signs that turn the direction or are not seen, and what ends lines.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class Masked(logging.Formatter):
    """Whatever a line or a traceback quotes, an API key never gets into the log; what somebody sent stays within its
    line, and every further line is one of a traceback and set in."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub("kefu_[masked]", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        return _set_in(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return _set_in(super().formatStack(stack_info))


def visible(text: str) -> str:
    """``text`` in one line, with what cannot be seen written out: a line break as ``\\n``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written_out(sign) if unicodedata.category(sign) in _UNSEEN else sign for sign in text)


def _written_out(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def _set_in(text: str) -> str:
    return "\n".join(f"    {visible(line)}" for line in text.split("\n"))
