"""Who wrote: by business-scoped id first, by number second, in all the forms a number takes."""

import pytest

from contacts.identities import only_zone_of
from contacts.models import Contact, Identity
from contacts.queries import identities_by_contact
from contacts.shapes import ContactShape
from inbox.models import Channel
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import answered, contacts, conversations, identities, messages, thread
from tests.worlds.webhooks import arrive, message, says, status, value

BSUID = "TW.19800000000000000001"


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def only_contact() -> Contact:
    (found,) = contacts()
    return found


def write(shop: Channel, who: Customer, *, ago: float = 0) -> None:
    says(shop, who, message(who, ago=ago))


def test_a_newcomer_becomes_a_contact_with_name_number_country_and_zone(shop: Channel):
    write(shop, customer("Mei Lin", wa_id="886912345678"))
    mei = only_contact()
    assert mei.profile == {"profile_name": "Mei Lin"}
    assert identities(mei) == {"wa_id": ["886912345678"]}
    assert (mei.country, mei.time_zone) == ("TW", "Asia/Taipei")
    assert mei.first_seen_at == mei.last_seen_at == messages()[0].at


def test_the_same_number_is_the_same_person_on_every_number_of_the_region(cast: Cast, shop: Channel):
    mei = customer()
    write(shop, mei)
    write(channel(cast.asia), mei)
    assert len(contacts()) == 1 and len(conversations()) == 2


def test_the_same_number_in_another_region_is_somebody_else(cast: Cast, shop: Channel):
    mei = customer()
    write(shop, mei)
    write(channel(cast.europe), mei)
    assert [row.region_id for row in contacts()] == [cast.asia.pk, cast.europe.pk]


def test_somebody_who_hides_the_number_is_known_by_the_business_scoped_id(cast: Cast, shop: Channel):
    who = customer("Mei", wa_id=None, bsuid=BSUID, username="mei.lin")
    write(shop, who)
    write(shop, who)
    mei = only_contact()
    assert identities(mei) == {"bsuid": [BSUID], "username": ["mei.lin"]}
    assert ContactShape.of(mei, []).time_zone == only_zone_of(mei.country) == "Asia/Taipei"
    assert mei.country == "TW"
    shown = cast.browser("ben").get(f"/api/v1/contacts/{mei.pk}").json()
    assert (shown["phone"], shown["username"], shown["name"]) == (None, "mei.lin", "Mei")


def test_a_number_known_first_learns_its_business_scoped_id(shop: Channel):
    write(shop, customer("Mei", wa_id="886900000501"))
    write(shop, customer("Mei", wa_id="886900000501", bsuid=BSUID))
    write(shop, customer("Mei", wa_id=None, bsuid=BSUID))
    assert identities(only_contact()) == {"wa_id": ["886900000501"], "bsuid": [BSUID]}
    assert len(messages()) == 3


def test_a_business_scoped_id_known_first_learns_its_number(shop: Channel):
    write(shop, customer("Mei", wa_id=None, bsuid=BSUID))
    write(shop, customer("Mei", wa_id="886900000502", bsuid=BSUID))
    write(shop, customer("Mei", wa_id="886900000502"))
    assert identities(only_contact()) == {"bsuid": [BSUID], "wa_id": ["886900000502"]}


def test_both_forms_may_come_in_one_batch(shop: Channel):
    both, hidden, bare = (
        customer("Mei", wa_id="886900000503", bsuid=BSUID),
        customer("Mei", wa_id=None, bsuid=BSUID),
        customer("Mei", wa_id="886900000503"),
    )
    arrive(shop, *(value(shop, people=[who], messages=[message(who)]) for who in (both, hidden, bare)))
    assert len(contacts()) == 1 and len(messages()) == 3


def test_when_id_and_number_name_two_people_the_id_wins_and_nobody_is_merged(shop: Channel):
    write(shop, customer("Number", wa_id="886900000504"))
    write(shop, customer("Id", wa_id=None, bsuid=BSUID))
    write(shop, customer("Id", wa_id="886900000504", bsuid=BSUID))
    number, known = contacts()
    assert identities(number) == {"wa_id": ["886900000504"]}
    assert identities(known) == {"bsuid": [BSUID]}
    counts = sorted(talk.inbound_count for talk in conversations())
    assert counts == [1, 2]


def test_another_portfolio_has_other_ids(cast: Cast, shop: Channel):
    """The same BSUID under another business account is another person."""
    write(shop, customer("Mei", wa_id=None, bsuid=BSUID))
    write(channel(cast.asia), customer("Somebody", wa_id=None, bsuid=BSUID))
    assert len(contacts()) == 2


SAME_PERSON = {
    "Brazil, ninth digit dropped": ("5521987654321", "552187654321"),
    "Brazil, ninth digit added": ("554187654321", "5541987654321"),
    "Mexico, 1 dropped": ("5215512345678", "525512345678"),
    "Mexico, 1 added": ("525512345679", "5215512345679"),
    "Argentina, 9 dropped": ("5491123456789", "541123456789"),
    "Argentina, 9 added": ("541123456788", "5491123456788"),
}


@pytest.mark.parametrize("case", SAME_PERSON)
def test_the_forms_one_mobile_number_takes_are_one_person_and_all_are_kept(shop: Channel, case: str):
    first, second = SAME_PERSON[case]
    write(shop, customer("Ana Souza", wa_id=first), ago=10)
    write(shop, customer("Ana Souza", wa_id=second))
    assert identities(only_contact()) == {"wa_id": [first, second]}


@pytest.mark.parametrize(("one", "two"), [("5511987654321", "5521987654321"), ("886912345678", "886912345679")])
def test_numbers_that_only_look_alike_are_two_people(shop: Channel, one: str, two: str):
    write(shop, customer(wa_id=one))
    write(shop, customer(wa_id=two))
    assert len(contacts()) == 2


def test_answers_go_to_the_form_of_the_number_that_wrote_last(shop: Channel):
    """Meta: always send to the last ``wa_id`` received, never to a re-normalised one."""
    long, short = customer(wa_id="5521987654322"), customer(wa_id="552187654322")
    for who, ago in ((long, 30), (short, 20), (long, 10)):
        write(shop, who, ago=ago)
    newest = messages()[-1]
    assert answered(newest.conversation) == ("5521987654322", None)
    write(shop, short)
    assert answered(newest.conversation) == ("552187654322", None)


def test_a_late_message_in_the_old_form_does_not_turn_answers_back(shop: Channel):
    long, short = customer(wa_id="5521987654323"), customer(wa_id="552187654323")
    write(shop, long, ago=30)
    write(shop, short, ago=10)
    write(shop, long, ago=20)
    assert answered(messages()[-1].conversation)[0] == "552187654323"


def test_a_number_of_no_country_is_taken_all_the_same(shop: Channel):
    """Satellite and international numbers have a code that is no country."""
    for number in ("870776543210", "881612345678", "88312345678901", "12", "999999999999999999"):
        write(shop, customer(wa_id=number))
    assert len(contacts()) == 5
    assert {len(row.country) for row in contacts()} <= {0, 2}


def test_a_new_profile_name_is_shown_unless_the_team_gave_one(cast: Cast, shop: Channel):
    from contacts.actions.edit import edit_contact

    number = "886900000506"
    write(shop, customer("Mei", wa_id=number))
    write(shop, customer("Mei 🌸", wa_id=number))
    mei = only_contact()
    path = f"/api/v1/contacts/{mei.pk}"
    assert cast.browser("ben").get(path).json()["name"] == "Mei 🌸"
    edit_contact(by=cast.access("ben"), contact_id=mei.pk, name="Ms Lin")
    write(shop, customer("Mei again", wa_id=number))
    assert cast.browser("ben").get(path).json()["name"] == "Ms Lin"
    edit_contact(by=cast.access("ben"), contact_id=mei.pk, name="")
    assert cast.browser("ben").get(path).json()["name"] == "Mei again"


def test_the_card_changes_its_version_only_when_something_changed(shop: Channel):
    who = customer()
    write(shop, who)
    write(shop, who)
    assert only_contact().version == 2  # made, then learned its first identity and name at once
    write(shop, customer("Another name", wa_id=who.wa_id))
    assert only_contact().version == 3


def test_the_last_time_seen_never_goes_back(shop: Channel):
    who = customer()
    write(shop, who)
    before = only_contact().last_seen_at
    write(shop, who, ago=86400)
    assert only_contact().last_seen_at == before


def test_a_status_introduces_nobody(shop: Channel):
    who = customer()
    arrive(shop, value(shop, people=[who], statuses=[status("wamid.foreign", "sent", recipient_id=who.wa_id)]))
    assert contacts() == []


def test_identities_of_many_contacts_are_one_query(shop: Channel, django_assert_num_queries):
    for _ in range(5):
        write(shop, customer())
    rows = contacts()
    with django_assert_num_queries(1):
        found = identities_by_contact(rows)
    assert len(found) == 5


def test_an_id_that_two_portfolios_know_is_told_once_and_as_current_where_one_says_so(cast: Cast):
    mei = thread(channel(cast.asia), customer("Mei Lin")).contact
    former = Identity(kind="bsuid", value="TW.1", current=False)
    current = Identity(kind="bsuid", value="TW.1", current=True)
    shape = ContactShape.of(mei, [former, current, Identity(kind="username", value="TW.1", current=True)])
    assert [(one.kind, one.current) for one in shape.identities] == [("bsuid", True), ("username", True)]
