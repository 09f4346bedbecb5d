"""What has to be there after a mishap: the log as it was sealed, and a backup."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.log.reading import last_seal
from security.log.verifying import Broken, verify
from security.models import Operation, SelfcheckPolicy
from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, register_check

_LATE = timedelta(minutes=15)
_LOOKED_AT = timedelta(days=1)


@register_check
class LogSealed(Check):
    id, title, weight = "log", gettext_lazy("The operation log is sealed and whole"), 8

    def look(self) -> Finding:
        where = reverse("admin:security_seal_changelist")
        try:
            lines, _seal = verify(since=timezone.now() - _LOOKED_AT)
        except Broken as broken:
            fix = Said(_("Find out who had the database; compare with a backup (manage.py verify_log)."))
            said = Said(_("It is not what was sealed: %(what)s."), {"what": str(broken)})
            return Finding(BAD, said, fix, where)
        seal = last_seal()
        waiting = Operation.objects.filter(id__gt=seal.last_id if seal is not None else 0).order_by("id").first()
        if waiting is not None and waiting.at < timezone.now() - _LATE:
            fix = Said(_("See that exactly one beat and a worker for the queue “default” are running."))
            return Finding(BAD, Said(_("Lines have been waiting for a seal for more than 15 minutes.")), fix, where)
        return fine(_("The last day’s %(n)s lines are as they were sealed."), n=lines)


@register_check
class Backups(Check):
    id, title, weight = "backups", gettext_lazy("There is a fresh backup"), 8

    def look(self) -> Finding:
        stamp, hours = settings.KEFU_BACKUP_STAMP, SelfcheckPolicy.current().backup_hours
        if not stamp:
            fix = Said(_("Let your backup touch a file when it has succeeded, and name it in KEFU_BACKUP_STAMP."))
            return Finding(WARN, Said(_("Kefu does not know of any: no stamp file is named.")), fix)
        fix = Said(_("See why the backup did not run, and try to restore one."))
        try:
            age = int((timezone.now().timestamp() - Path(stamp).stat().st_mtime) // 3600)
        except OSError:
            return Finding(BAD, Said(_("The stamp file is not there: no backup has succeeded.")), fix)
        if age >= hours:
            return Finding(BAD, Said(_("The last one is %(n)s hours old."), {"n": age}), fix)
        return fine(_("The last one is %(n)s hours old."), n=max(0, age))
