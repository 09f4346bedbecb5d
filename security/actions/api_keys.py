"""Keys for programs, as an admin looks after them (SE-6)."""

from security.access import Actor
from security.actions.reasons import because
from security.errors import NotFound
from security.models import ApiKey
from security.writing import write


def revoke_key(*, by: Actor, digest: str, reason: str) -> None:
    """From the next call on the program is a stranger."""
    told = because(by, reason)
    with write(by=by) as change:
        key = ApiKey.objects.select_for_update(of=("self",)).select_related("user").filter(digest=digest).first()
        if key is None:
            raise NotFound
        change.record("person.key_revoked", key.user, key=str(key), **told)
        key.delete()
