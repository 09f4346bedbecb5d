"""What takes longer than a request is gone on with until it is done, whatever became of the worker before."""

import logging
from collections.abc import Callable

from contacts.actions.erasing import carry_on_erasing
from contacts.actions.exporting import expire_exports
from contacts.actions.import_running import carry_on_imports
from contacts.actions.imports import empty_imports
from contacts.actions.merging import carry_on_merging
from contacts.actions.unmerging import forget_moves

logger = logging.getLogger(__name__)


def carry_on_privacy() -> None:
    """All of them, whatever becomes of one."""
    parts: tuple[Callable[[], object], ...] = (
        carry_on_erasing,
        carry_on_merging,
        expire_exports,
        carry_on_imports,
        empty_imports,
        forget_moves,
    )
    for part in parts:
        try:
            part()
        except Exception:
            logger.exception("%s failed", part.__name__)
