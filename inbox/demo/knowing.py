"""What the demo shop knows of those who wrote last: details an admin defined, and tags a supervisor put on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from contacts.actions.custom_fields import set_fields
from contacts.actions.field_definitions import add_field
from contacts.actions.tagging import tag_contacts
from contacts.actions.tags import add_tag
from contacts.models import Contact, Tag
from inbox.demo.material import material
from security.access import Access, access_of
from security.models import Region, User
from security.writing import write

_MOST = 15  # of a region; every third of those who wrote last
_TEAS = ("高山烏龍 High mountain oolong", "紅玉紅茶 Ruby black tea", "文山包種 Pouchong")
_LEADS = "ana"  # details are an admin's to define
_WHOLESALE = {"name": "企業客戶", "colour": "blue", "group": "客群", "description": "開立三聯式發票，月結"}
_KNOWN = "VIP"  # there already, with the rules that Kefu brings


def add_details(people: Mapping[str, User], regions: Mapping[str, Region], *, now: datetime) -> None:
    admin, lead = access_of(people[_LEADS]), access_of(people[material("learning")["supervisor"]])
    for region in regions.values():
        by = lead if region.pk in lead.region_ids else admin
        rows = Contact.objects.visible_to(by).filter(region=region, gone="")
        ids = list(rows.order_by("-last_seen_at", "pk").values_list("pk", flat=True)[: 3 * _MOST : 3])
        with write(by=admin):
            teas = _define(admin, region.pk)
        with write(by=by):
            for place, pk in enumerate(ids):
                day = (now - timedelta(days=8_000 + 211 * place)).date()
                details = {"favourite_tea": teas[place % len(teas)], "birthday": day.isoformat()}
                set_fields(by=by, contact_id=pk, values={**details, "gift_wrap": "true" if place % 2 else "false"})
            wholesale = add_tag(by=by, region_id=region.pk, **_WHOLESALE)
            tag_contacts(by=by, contact_ids=ids[::5], tag_id=wholesale.pk)
            vip = Tag.objects.visible_to(by).living().get(region=region, name=_KNOWN)
            tag_contacts(by=by, contact_ids=ids[1::5], tag_id=vip.pk)


def _define(by: Access, region_id: int) -> list[str]:
    """Returns the keys of the teas one can like."""
    options = [{"label": tea} for tea in _TEAS]
    tea = add_field(by=by, region_id=region_id, key="favourite_tea", label="喜歡的茶", type="choice", options=options)
    add_field(by=by, region_id=region_id, key="birthday", label="生日", type="date", filterable=False)
    add_field(by=by, region_id=region_id, key="gift_wrap", label="需要禮盒包裝", type="boolean")
    return [one["key"] for one in tea.options]
