"""Macros: written, changed, ordered, shared, deleted and restored (CM-7)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.prepared import place_of, refuse_too_many, require_editable, restored, tell_prepared, thrown_away
from inbox.macros.steps import canned_of, checked_step
from inbox.models import InboxPolicy, Macro
from inbox.policies import can_edit_prepared
from security.access import Access
from security.errors import Invalid, Missing, require
from security.writing import write

_NAME_MAX = 60


def add_macro(*, by: Access, name: str, steps: Sequence[Any], region_id: int | None = None) -> Macro:
    """Save one for oneself, or with ``region_id`` for a region."""
    require(by.can("inbox.reply_conversation") and by.region_ids)
    kept = _checked(by, name, steps, shared=region_id is not None)
    with write(by=by) as change:
        place = place_of(by, region_id)
        refuse_too_many(Macro, place)
        macro = Macro(region_id=place.region_id, owner_id=place.owner_id, name=name.strip(), steps=kept)
        macro.position, macro.created_at = _beside(macro).count(), timezone.now()
        macro.save(force_insert=True)
        change.record("macro.added", macro, steps=_kinds(kept))
        tell_prepared(change, macro, "macro")
    return macro


def change_macro(
    *, by: Access, macro_id: object, name: str, steps: Sequence[Any], region_id: int | None = None
) -> Macro:
    """Other steps, another name, shared or one's own."""
    with write(by=by) as change:
        macro: Macro = Macro.objects.visible_to(by).locked().get_or_404(macro_id)
        require_editable(by, macro)
        kept = _checked(by, name, steps, shared=region_id is not None)
        scope = {"region_id": macro.region_id, "owner_id": macro.owner_id}
        before = {"name": macro.name, "steps": _kinds(macro.steps), "place": _shared_with(macro)}
        if region_id != _shared_with(macro):
            place = place_of(by, region_id)
            refuse_too_many(Macro, place)
            macro.region_id, macro.owner_id = place.region_id, place.owner_id
        macro.name, macro.steps = name.strip(), kept
        macro.save()
        after = {"name": macro.name, "steps": _kinds(kept), "place": _shared_with(macro)}
        changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        change.record("macro.changed", macro, **changed)
        tell_prepared(change, macro, "macro", before=scope)
    return macro


def delete_macro(*, by: Access, macro_id: object) -> None:
    """It can be restored for the policy's days."""
    with write(by=by) as change:
        macro = Macro.objects.visible_to(by).locked().get_or_404(macro_id)
        thrown_away(change, by, macro, "macro")
        change.record("macro.deleted", macro)


def restore_macro(*, by: Access, macro_id: object) -> Macro:
    with write(by=by) as change:
        macro: Macro = restored(change, by, Macro, macro_id, "macro")
        macro.save(update_fields=["deleted_at"])
        change.record("macro.restored", macro)
    return macro


def order_macros(*, by: Access, ids: Sequence[UUID]) -> None:
    """In the order of ``ids``, as far as they are theirs to order."""
    with write(by=by) as change:
        places = {pk: place for place, pk in enumerate(ids)}
        for macro in Macro.objects.visible_to(by).filter(pk__in=ids).locked().order_by("pk"):
            if can_edit_prepared(by, macro) and macro.position != places[macro.pk]:
                macro.position = places[macro.pk]
                macro.save(update_fields=["position"])
                tell_prepared(change, macro, "macro")


def _checked(by: Access, name: str, steps: Sequence[Any], *, shared: bool) -> list[dict[str, Any]]:
    if not name.strip():
        raise Missing(field="name")
    if len(name.strip()) > _NAME_MAX:
        raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": _NAME_MAX})
    most = InboxPolicy.current().macro_steps_most
    if not steps:
        raise Missing(field="steps")
    if len(steps) > most:
        raise Invalid(field="steps", message=_("At most %(n)s.") % {"n": most})
    kept = [checked_step(step, f"steps.{number}") for number, step in enumerate(steps)]
    for number, step in enumerate(kept):
        if step.get("reply_id") and canned_of(by, step).owner_id is not None and shared:
            raise Invalid(
                field=f"steps.{number}.reply_id",
                message=_("A shared macro cannot send a personal reply: others do not have it."),
            )
    return kept


def _kinds(steps: Sequence[dict[str, Any]]) -> str:
    return ", ".join(step["kind"] for step in steps)


def _shared_with(macro: Macro) -> int | None:
    return macro.region_id if macro.owner_id is None else None


def _beside(macro: Macro) -> Any:
    rows = Macro.objects.for_system("how many there are").filter(deleted_at=None)
    if macro.owner_id is not None:
        return rows.filter(owner_id=macro.owner_id)
    return rows.filter(owner=None, region_id=macro.region_id)
