"""How a line of the log is written."""

import logging
import re

# Longer than what names a key in lists (``kefu_`` and ten signs): the secret itself.
_SECRET = re.compile(r"kefu_[0-9a-f]{11,}", re.IGNORECASE)


class Masked(logging.Formatter):
    """Whatever a line or a traceback quotes, an API key never gets into the log."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub("kefu_[masked]", super().format(record))
