"""What Kefu leans on: the database, Redis, mail. As far as its own settings tell."""

import os
import stat
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, register_check
from security.selfcheck.checks.settings import is_this_machine

_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@register_check
class Database(Check):
    id, title, weight = "database", gettext_lazy("The database is closed to others"), 6

    def look(self) -> Finding:
        return self.judged(settings.DATABASES["default"])

    def judged(self, chosen: dict[str, Any]) -> Finding:
        """By how it is connected to."""
        if str(chosen["ENGINE"]).endswith("sqlite3"):
            return self._file(str(chosen["NAME"]))
        host = str(chosen.get("HOST") or "")
        if chosen.get("PASSWORD"):
            return fine(_("It asks for a password."))
        fix = Said(_("Give its account a password (scram-sha-256) and put it into DATABASE_URL."))
        if not host or host.startswith("/") or is_this_machine(host):
            return Finding(WARN, Said(_("Everybody on its machine gets in without a password.")), fix)
        return Finding(BAD, Said(_("Everybody who reaches it gets in without a password.")), fix)

    def _file(self, name: str) -> Finding:
        if os.path.exists(name) and os.stat(name).st_mode & _FOR_OTHERS:
            fix = Said(_("chmod 700 the data folder."))
            return Finding(WARN, Said(_("Other accounts of this machine may read the database file.")), fix)
        return fine(_("The database file is its owner’s alone."))


@register_check
class Redis(Check):
    id, title, weight = "redis", gettext_lazy("Redis is closed to others"), 6

    def look(self) -> Finding:
        address = urlsplit(settings.CELERY_BROKER_URL)
        if not address.scheme.startswith(("redis", "unix")):
            return fine(_("None is used."))
        if address.password:
            return fine(_("It asks for a password."))
        fix = Said(_("Give it a password (requirepass) and put it into REDIS_URL."))
        if address.scheme == "unix" or is_this_machine(address.hostname):
            return Finding(WARN, Said(_("Everybody on its machine gets in without a password.")), fix)
        return Finding(BAD, Said(_("Everybody who reaches it gets in without a password.")), fix)


@register_check
class Mail(Check):
    id, title, weight = "mail", gettext_lazy("Kefu can send mail"), 4

    def look(self) -> Finding:
        fix = Said(_("Name a mail server in the environment (see docs/configuration.md)."))
        kind = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
        if kind != "smtp":
            return Finding(WARN, Said(_("Mail goes nowhere (%(kind)s): nobody is warned."), {"kind": kind}), fix)
        if not is_this_machine(settings.EMAIL_HOST) and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
            return Finding(WARN, Said(_("Mail travels to its server unencrypted.")), Said(_("Use TLS towards it.")))
        return fine(_("By %(host)s."), host=settings.EMAIL_HOST)
