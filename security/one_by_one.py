"""Doing something with each of many rows of which one may be broken."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

logger = logging.getLogger(__name__)


def each_alone(deed: Callable[..., bool], rows: Iterable[tuple[Any, ...]], *, what: str) -> int:
    """Call ``deed`` with the parts of each row; returns how often it was true. One that fails is written to the log and
    holds up none of the others. ``deed`` opens its own transaction."""
    done = 0
    for row in rows:
        try:
            done += deed(*row)
        except Exception:
            logger.exception("%s: %s could not be looked at", what, row[0])
    return done
