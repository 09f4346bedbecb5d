"""All there is of a contact, for whoever may have it: made in the background, sealed, destroyed at a set time."""

import logging
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from contacts.errors import ExportGone, ExportRunning
from contacts.models import Contact, ContactExport, PrivacyPolicy
from contacts.privacy.archive import SealingWriter, ZipArchive, unsealed
from contacts.privacy.belongings import counts_of
from contacts.privacy.writing_out import write_out
from security.access import Access, System
from security.encryption.keyring import KeyGone, destroy_keys, make_keys, open_key
from security.errors import NotFound, require
from security.factors import require_fresh_factor
from security.tiers.holding import require_right
from security.writing import Change, write

logger = logging.getLogger(__name__)
_WHY = "exports of contacts"
_BY = System("exports")
_LEASE = timedelta(minutes=5)
_ATTEMPTS = 3
_A_RUN = 20
_TOLD_EVERY = 10.0  # seconds: how far it is, and that it is still made


def ask_for_export(*, by: Access, contact_id: UUID) -> ContactExport:
    """Begin one; ``make_export`` does the work."""
    require_right(by, "contacts.export_contact")
    require_fresh_factor(by)
    with write(by=by) as change:
        contact: Contact = Contact.objects.visible_to(by).locked().get_or_404(contact_id)
        mine = ContactExport.objects.for_system(_WHY).filter(contact=contact, asked_by_id=by.user_id, state="making")
        require(not mine.exists(), ExportRunning)
        (key,) = make_keys(region_id=contact.region_id, purpose="export")
        row = ContactExport(contact=contact, asked_by_id=by.user_id, asked_at=timezone.now(), key_id=key.pk)
        row.total = counts_of(contact).get("messages", 0)
        row.expires_at = row.asked_at + timedelta(hours=PrivacyPolicy.current().export_hours)
        row.save(force_insert=True)
        change.record("contact.export_asked", contact, export=str(row.pk), rows=1)
        from contacts.tasks import make_contact_export  # tasks import actions

        change.enqueue(make_contact_export, str(row.pk))
    return row


def make_export(export_id: UUID) -> bool:
    """Whether this call was the one that made it."""
    row = _claim(export_id)
    if row is None:
        return False
    try:
        name, size = _written(row)
    except Exception:
        logger.exception("export %s failed", export_id)
        _give_up(row)
        return False
    with write(by=_BY) as change:
        kept = _locked(export_id)
        if kept is not None and kept.state == "making" and kept.lease == row.lease:
            kept.state, kept.file, kept.size, kept.lease = "ready", name, size, None
            kept.expires_at = timezone.now() + timedelta(hours=PrivacyPolicy.current().export_hours)
            kept.save()
            change.record("contact.exported", kept.contact, export=str(kept.pk), bytes=size)
            return True
    default_storage.delete(name)  # the contact was erased meanwhile, or another worker was faster
    return False


def download_export(*, by: Access, export_id: UUID) -> tuple[ContactExport, Iterator[bytes]]:
    """The bytes of the ZIP file, piece by piece. Each time is a line in the operation log, before the first byte."""
    require_fresh_factor(by)
    with write(by=by) as change:
        row: ContactExport = ContactExport.objects.visible_to(by).select_related("contact").get_or_404(export_id)
        if row.state == "making":
            raise NotFound
        require(row.state == "ready" and row.expires_at is not None and row.expires_at > timezone.now(), ExportGone)
        key = open_key(row.key_id)
        row.downloads += 1
        row.save(update_fields=["downloads"])
        change.record("contact.export_downloaded", row.contact, export=str(row.pk))
    return row, unsealed(row.file, key, row.pk)


def expire_exports() -> int:
    """Destroy what is past its time, and go on with what nobody makes any more."""
    now = timezone.now()
    rows = ContactExport.objects.for_system(_WHY).filter(state__in=("making", "ready"))
    over = 0
    for pk in list(rows.filter(expires_at__lte=now).values_list("pk", flat=True)[:_A_RUN]):
        with write(by=_BY) as change:
            row = _locked(pk)
            if row is not None and row.state in ("making", "ready"):
                _destroy(change, row)
                over += 1
    left = rows.filter(Q(lease=None, asked_at__lt=now - timedelta(seconds=30)) | Q(lease__lt=now), state="making")
    for pk in list(left.values_list("pk", flat=True)[:_A_RUN]):
        make_export(pk)
    return over


def destroy_exports(change: Change, contact: Contact) -> None:
    """Its contact is erased: exports go with it."""
    rows = ContactExport.objects.for_system(_WHY).locked().filter(contact=contact, state__in=("making", "ready"))
    for row in rows:
        _destroy(change, row)


def _destroy(change: Change, row: ContactExport) -> None:
    name = row.file
    row.state, row.file, row.lease = "gone", "", None
    row.save()
    destroy_keys([row.key_id])
    change.record("contact.export_destroyed", row.contact, export=str(row.pk))
    if name:
        change.afterwards.setdefault(("delete", name), lambda: default_storage.delete(name))


def _claim(export_id: UUID) -> ContactExport | None:
    now = timezone.now()
    rows = ContactExport.objects.for_system(_WHY).filter(pk=export_id, state="making")
    _count_lost(export_id, now)
    free = rows.filter(Q(lease=None) | Q(lease__lt=now))
    if not free.update(lease=now + _LEASE, done=0):
        return None
    found: ContactExport | None = rows.select_related("contact__region", "asked_by").first()
    return found


def _count_lost(export_id: UUID, now: datetime) -> None:
    """Whoever made it before died, or was too slow: that was an attempt."""
    with write(by=_BY) as change:
        row = _locked(export_id)
        if row is not None and row.state == "making" and row.lease is not None and row.lease < now:
            _count_attempt(change, row)


def _give_up(mine: ContactExport) -> None:
    """Tried again by the next sweep; the third time it has failed. Not where somebody else makes it by now."""
    with write(by=_BY) as change:
        row = _locked(mine.pk)
        if row is not None and row.state == "making" and row.lease == mine.lease:
            _count_attempt(change, row)


def _count_attempt(change: Change, row: ContactExport) -> None:
    row.attempts, row.lease = row.attempts + 1, None
    if row.attempts >= _ATTEMPTS:
        row.state = "failed"
        destroy_keys([row.key_id])
        change.record("contact.export_failed", row.contact, export=str(row.pk))
    row.save()


def _written(row: ContactExport) -> tuple[str, int]:
    """The stored name, and the size of the ZIP file in bytes. The file beside it holds sealed pieces only."""
    told = _Telling(row)
    with tempfile.TemporaryFile() as sealed:
        writer = SealingWriter(sealed, open_key(row.key_id), row.pk)
        archive = ZipArchive(writer, told)
        write_out(row, archive)
        archive.close()
        writer.finish()
        sealed.seek(0, os.SEEK_SET)
        name = default_storage.save(f"exports/export-{row.pk}.sealed", File(sealed))
    return str(name), writer.size


class _Telling:
    """Called as often as something was written: says now and then how far it is, and that it is still made."""

    def __init__(self, row: ContactExport) -> None:
        self._row, self._at = row, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._at < _TOLD_EVERY and done != self._row.total:
            return
        lease = timezone.now() + _LEASE
        rows = ContactExport.objects.for_system(_WHY).filter(pk=self._row.pk, lease=self._row.lease, state="making")
        if not rows.update(done=done, lease=lease):
            raise KeyGone("the export was taken away")
        self._row.lease, self._at = lease, time.monotonic()


def _locked(export_id: UUID) -> ContactExport | None:
    rows = ContactExport.objects.for_system(_WHY).locked().select_related("contact")
    found: ContactExport | None = rows.filter(pk=export_id).first()
    return found
