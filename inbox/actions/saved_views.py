"""Lists of conversations under a name: one's own, or a region's (PM-11)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.errors import TooManyViews
from inbox.events import SavedViewChanged
from inbox.models import InboxPolicy, SavedView
from inbox.policies import can_edit_view
from inbox.queries import in_saved_view
from security.access import Access
from security.errors import Invalid, Missing, NotFound, require
from security.writing import write

_NAME_MAX = 60


def add_saved_view(*, by: Access, name: str, filters: Mapping[str, str], region_id: int | None) -> SavedView:
    """Save one for oneself, or for everybody of a region."""
    _refuse_odd(by, name, filters)
    with write(by=by) as change:
        _require_place(by, region_id)
        mates = _beside(by, region_id)
        if mates.count() >= InboxPolicy.current().saved_views_most:
            raise TooManyViews
        view = SavedView(
            owner_id=by.user_id,
            region_id=region_id,
            name=name.strip(),
            filters=dict(filters),
            position=mates.count(),
            created_at=timezone.now(),
        )
        view.save(force_insert=True)
        change.record("saved_view.added", view, filters=view.filters)
        change.announce(SavedViewChanged.of(view))
    return view


def change_saved_view(
    *, by: Access, view_id: object, name: str, filters: Mapping[str, str], region_id: int | None
) -> SavedView:
    """Rename it, let it show something else, share it or keep it to oneself."""
    _refuse_odd(by, name, filters)
    with write(by=by) as change:
        view = _editable(by, view_id)
        if region_id != view.region_id:
            _require_place(by, region_id)
        before = {"region_id": view.region_id, "owner_id": view.owner_id}
        if region_id is None and view.region_id is not None:
            view.owner_id = by.user_id  # taken out of the region, it is whoever's took it
        view.name, view.filters, view.region_id = name.strip(), dict(filters), region_id
        view.save(update_fields=["name", "filters", "region", "owner"])
        change.record("saved_view.changed", view, filters=view.filters)
        change.announce(SavedViewChanged.of(view, before=before))
    return view


def delete_saved_view(*, by: Access, view_id: object) -> None:
    """The conversations in it stay."""
    with write(by=by) as change:
        view = _editable(by, view_id)
        change.record("saved_view.deleted", view, filters=view.filters)
        change.announce(SavedViewChanged.of(view))
        view.delete()


def order_saved_views(*, by: Access, ids: Sequence[UUID]) -> None:
    """In the order of ``ids``, as far as they are theirs to order."""
    with write(by=by) as change:
        rows = SavedView.objects.visible_to(by).filter(pk__in=ids).select_for_update().order_by("pk")
        places = {pk: place for place, pk in enumerate(ids)}
        for view in rows:
            if can_edit_view(by, view) and view.position != places[view.pk]:
                view.position = places[view.pk]
                view.save(update_fields=["position"])
                change.announce(SavedViewChanged.of(view))


def _editable(by: Access, view_id: object) -> SavedView:
    view: SavedView = SavedView.objects.visible_to(by).get_or_404(view_id)
    require(can_edit_view(by, view))
    return view


def _beside(by: Access, region_id: int | None) -> Any:
    rows = SavedView.objects.for_system("how many there are")
    return rows.filter(region=None, owner_id=by.user_id) if region_id is None else rows.filter(region_id=region_id)


def _require_place(by: Access, region_id: int | None) -> None:
    if region_id is not None:
        require(region_id in by.region_ids, NotFound)
        require(by.can("inbox.share_view"))


def _refuse_odd(by: Access, name: str, filters: Mapping[str, str]) -> None:
    if not name.strip():
        raise Missing(field="name")
    if len(name.strip()) > _NAME_MAX:
        raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": _NAME_MAX})
    in_saved_view(access=by, filters=filters)  # refuses what no list takes
