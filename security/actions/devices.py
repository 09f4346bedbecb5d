"""One's own known devices: named, forgotten."""

from uuid import UUID

from security.access import Access
from security.actions.device_confirmations import forget_confirmation
from security.actions.session_ends import end_of_device
from security.errors import Invalid, NotFound
from security.models import KnownDevice, User
from security.writing import write

NAME_MAX = 60


def rename_device(*, by: Access, device_id: UUID, name: str) -> KnownDevice:
    """An empty name: it is called by its browser and system again."""
    called = " ".join(name.split())
    if len(called) > NAME_MAX or not (called.isprintable()):
        raise Invalid(field="name")
    with write(by=by) as change:
        row = _own(by, device_id)
        row.name = called
        row.save(update_fields=["name"])
        change.record("device.renamed", User.objects.get(pk=by.user_id), device_id=str(row.pk))
    return row


def forget_device(*, by: Access, device_id: UUID) -> None:
    """Its next sign-in counts as one in a new device. Its sessions end, but for the one in which this is said."""
    with write(by=by) as change:
        row = _own(by, device_id)
        user = User.objects.get(pk=by.user_id)
        end_of_device(change, user, row, but=by.session_id)
        forget_confirmation(user, bytes(row.digest))
        row.delete()
        change.record("device.forgotten", user, device_id=str(device_id))


def _own(by: Access, device_id: UUID) -> KnownDevice:
    row = KnownDevice.objects.select_for_update().filter(pk=device_id, user_id=by.user_id).first()
    if row is None:
        raise NotFound
    return row
