"""The newest of several regions, against what a plain sort says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.models import Contact
from contacts.queries import contact_page
from security.access import System, access_of
from security.actions.levels import sync_levels
from security.actions.people import add_person, add_region
from security.encryption.keyring import make_keys
from security.regional import newest_of_regions

BY = System("tests")


@pytest.fixture
def reader(db):
    sync_levels(by=BY)
    regions = [add_region(by=BY, code=code, name=code, time_zone="Asia/Taipei") for code in ("one", "two", "three")]
    now = timezone.now()
    for number in range(30):
        region = regions[number * 7 % 3]
        contact = Contact(
            region=region,
            key_id=make_keys(region_id=region.pk, purpose="contact")[0].pk,
            profile={},
            first_seen_at=now,
            last_seen_at=now - timedelta(minutes=number // 2),  # pairs share a time: the id decides
        )
        contact.save(force_insert=True)

    def of(*codes: str):
        own = [region for region in regions if region.code in codes]
        person = add_person(
            by=BY, email=f"r{'-'.join(codes)}@x.test", name="R", password="long enough!", level="agent", regions=own
        )
        return access_of(person)

    return of


@pytest.mark.parametrize("codes", [("one",), ("one", "three"), ("one", "two", "three")])
@pytest.mark.parametrize("count", [1, 5, 100])
def test_it_is_what_sorting_everything_gives(reader, codes, count):
    access = reader(*codes)
    rows = Contact.objects.visible_to(access)
    expected = list(rows.order_by("-last_seen_at", "-pk")[:count])
    assert list(newest_of_regions(rows, access=access, by="last_seen_at", count=count)) == expected
    assert {row.region.code for row in expected} <= set(codes)


def test_whoever_sees_no_region_sees_nothing(reader):
    access = reader()
    rows = Contact.objects.visible_to(access)
    assert list(newest_of_regions(rows, access=access, by="last_seen_at", count=5)) == []


def test_pages_of_two_regions_join_without_gap_or_repetition(reader):
    access = reader("one", "two")
    seen, after = [], None
    while True:
        page = contact_page(access=access, after=after, limit=4)
        seen += page[:4]
        if len(page) <= 4:
            break
        after = [str(page[3].last_seen_at), str(page[3].pk)]
    assert seen == list(Contact.objects.visible_to(access).order_by("-last_seen_at", "-pk"))
