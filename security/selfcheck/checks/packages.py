"""The packages that Kefu stands on: as they were chosen, and how long ago that was. Without the network."""

import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.models import SelfcheckPolicy
from security.selfcheck.base import UNKNOWN, WARN, Check, Finding, Said, fine, listed, register_check

_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]*\])?==([^\s;\\]+)", re.MULTILINE)


@register_check
class Packages(Check):
    id, title, weight = "packages", gettext_lazy("Packages are the chosen ones, and not old"), 5

    def look(self) -> Finding:
        lock = Path(settings.BASE_DIR) / "requirements.lock"
        if not lock.exists():
            return Finding(UNKNOWN, Said(_("There is no requirements.lock here.")), Said(_("Install with `make`.")))
        pinned = dict(_PINNED.findall(lock.read_text(encoding="utf-8")))
        other = sorted(name for name, wanted in pinned.items() if installed(name) not in (wanted, None))
        if other:
            said = Said(_("Not the version of the lock: %(names)s."), {"names": listed(other)})
            return Finding(WARN, said, Said(_("Install what requirements.lock says.")))
        days = (datetime.now(UTC) - datetime.fromtimestamp(lock.stat().st_mtime, UTC)).days
        if days > SelfcheckPolicy.current().packages_days:
            fix = Said(_("Update Kefu, or run `make lock ARGS=--upgrade` and the tests."))
            return Finding(WARN, Said(_("They were put here %(n)s days ago."), {"n": days}), fix)
        return fine(_("%(count)s packages, put here %(n)s days ago."), count=len(pinned), n=days)


def installed(name: str) -> str | None:
    """``None``: not on this system (some are for others)."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
