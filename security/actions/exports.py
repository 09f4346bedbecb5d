"""Taking the log out of the house is itself a line in it."""

from dataclasses import asdict
from datetime import datetime

from security.access import Access
from security.factors import require_fresh_factor
from security.log.reading import Asked, count_asked
from security.models import User
from security.writing import write


def record_export(*, by: Access, asked: Asked) -> None:
    """Before the first byte leaves, with a fresh second factor (PM-9). ``rows`` is what behaviour rules count by."""
    require_fresh_factor(by)
    names = {"action": "deed", "subject": "object"}
    chosen = {names.get(name, name): value for name, value in asdict(asked).items() if value not in (None, "")}
    told = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in chosen.items()}
    with write(by=by) as change:
        rows = count_asked(access=by, asked=asked)
        change.record("log.exported", User.objects.get(pk=by.user_id), rows=rows, **told)
