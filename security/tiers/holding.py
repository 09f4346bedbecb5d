"""Rights that nobody has in incident mode but admins with a fresh second factor (SE-9).

Which permissions those are says the table of rights (``Right.held``). Deeds that need no permission but the level of an
admin ask ``require_calm``.
"""

from dataclasses import replace

from security.access import Access, Actor
from security.account_errors import FactorMissing, FactorNeeded
from security.errors import IncidentMode, NotAllowed, Refusal
from security.factors import require_fresh_factor
from security.levels import held_permissions
from security.tiers.standing import open_incident


def held_back(access: Access) -> Access:
    """``access`` without them, in an incident."""
    if _is_freshly_admin(access) is None:
        return access
    lost = access.permissions & held_permissions()
    return replace(access, permissions=access.permissions - lost, suspended=lost)


def refusal_without(access: Access, permission: str) -> Refusal:
    """What to say to whoever lacks ``permission``: an admin gives a code and repeats it, others wait for the end."""
    if permission not in access.suspended:
        return NotAllowed()
    return _is_freshly_admin(access) or IncidentMode()


def require_right(access: Access, permission: str) -> None:
    """As ``require(access.can(…))``, for permissions that an incident holds back."""
    if not access.can(permission):
        raise refusal_without(access, permission)


def require_calm(by: Actor) -> None:
    """In an incident only an admin with a fresh factor goes on: levels, settings, allowed addresses."""
    if isinstance(by, Access) and open_incident() is not None:
        refusal = _is_freshly_admin(by)
        if refusal is not None:
            raise refusal


def _is_freshly_admin(access: Access) -> Refusal | None:
    """``None`` when they are; otherwise what they lack."""
    if access.level != "admin" or access.key_name:
        return IncidentMode()
    try:
        require_fresh_factor(access)
    except (FactorNeeded, FactorMissing) as refusal:
        return refusal
    return None
