from collections import Counter

from django.test import override_settings
from django.utils import timezone

from contacts.book import Book
from contacts.models import Contact
from contacts.seen import Seen
from inbox.demo.phone import state_file, webhook_url
from inbox.demo.refresh import follow_addresses
from inbox.models import Channel, Conversation, Message, Reaction
from inbox.simulator.storage import numbers, records
from inbox.simulator.world import open_world
from tests.inbox.demo.test_accounts import make_it_a_real_installation

WHY = "comparing Kefu with the simulator"


def channels() -> list[Channel]:
    return list(Channel.objects.for_system(WHY).order_by("id"))


def test_it_knows_the_same_numbers_with_the_same_credentials(world):
    with open_world(state_file()) as simulator:
        for channel in channels():
            number = numbers.find(simulator.database, channel.phone_number_id)
            assert number is not None
            assert number["webhook_url"] == webhook_url(channel)
            assert number["waba_id"] == channel.waba_id
            assert number["access_token"] == channel.credentials["access_token"]
            assert number["app_secret"] == channel.credentials["app_secrets"][0]
            assert number["verify_token"] == channel.credentials["verify_token"]


def test_every_customer_is_somebody_kefu_knows(world):
    with open_world(state_file()) as simulator:
        people = simulator.database.all(
            "SELECT customer.*, bsuid.value AS bsuid, "
            "(SELECT number FROM message WHERE customer = customer.id LIMIT 1) AS number "
            "FROM customer JOIN bsuid ON bsuid.customer = customer.id"
        )
    assert len(people) == Contact.objects.for_system(WHY).count() == 300
    for channel in channels():
        theirs = [row for row in people if row["number"] == channel.phone_number_id]
        seen = [
            Seen(row["bsuid"], None if row["hide_phone"] else row["wa_id"], None, None, timezone.now())
            for row in theirs
        ]
        book = Book(channel.region, channel.waba_id, seen)
        assert [person for person in seen if book.find(person) is None] == []


def test_the_phones_show_the_same_past(world):
    rows = Message.objects.for_system(WHY).exclude(kind="reaction").exclude(provider_ref=None)
    here = {row.provider_ref: row for row in rows}
    with open_world(state_file()) as simulator:
        there = {row["wamid"]: row for row in simulator.database.all("SELECT * FROM message")}
        reactions = simulator.database.value("SELECT count(*) FROM reaction")
    assert set(here) == set(there)
    assert Counter(row.kind for row in here.values()) == Counter(row["kind"] for row in there.values())
    for wamid, row in here.items():
        assert there[wamid]["direction"] == row.direction
        assert abs(there[wamid]["at"] - row.at.timestamp()) < 0.001
        if row.direction == "out":
            assert there[wamid]["status"] == row.status
    assert reactions == Reaction.objects.for_system(WHY).count()


def test_who_wrote_last_is_first_on_the_phone_page(world):
    with open_world(state_file()) as simulator:
        first = simulator.database.value("SELECT id FROM customer ORDER BY created_at DESC, id LIMIT 1")
        wamids = [row["wamid"] for row in simulator.database.all("SELECT wamid FROM message WHERE customer = ?", first)]
    newest = Conversation.objects.for_system(WHY).order_by("-last_activity_at").first()
    assert Message.objects.for_system(WHY).filter(conversation=newest, provider_ref__in=wamids).exists()


def test_files_on_the_phones_can_be_fetched(world):
    with open_world(state_file()) as simulator:
        stored = {row["id"] for row in simulator.database.all("SELECT id FROM media WHERE length(bytes) > 500")}
        named = simulator.database.all(
            "SELECT json_extract(content, '$.id') AS id FROM message WHERE kind IN ('image', 'document', 'sticker')"
        )
    assert named and {row["id"] for row in named} <= stored


def test_every_account_has_one_form_to_send_also_where_an_older_world_had_none(world):
    def forms() -> Counter[str]:
        with open_world(state_file()) as simulator:
            return Counter(flow["waba_id"] for flow in records.every(simulator.database, "flow").values())

    accounts = Counter(channel.waba_id for channel in channels())
    assert forms() == accounts
    with open_world(state_file()) as simulator:
        for flow_id in records.every(simulator.database, "flow"):
            records.remove(simulator.database, "flow", flow_id)
    for _ in range(2):
        follow_addresses()
        assert forms() == accounts


def test_other_ports_are_followed_and_nothing_else_changes(world):
    before = {channel.pk: channel.credentials for channel in channels()}
    try:
        with override_settings(KEFU_PUBLIC_URL="http://127.0.0.1:9100", KEFU_SIMULATOR_URL="http://127.0.0.1:9101"):
            follow_addresses()
            assert {channel.base_url for channel in channels()} == {"http://127.0.0.1:9101"}
            assert {channel.pk: channel.credentials for channel in channels()} == before
            with open_world(state_file()) as simulator:
                urls = {row["webhook_url"] for row in numbers.every(simulator.database)}
            assert urls == {webhook_url(channel) for channel in channels()}
            assert all(url.startswith("http://127.0.0.1:9100/webhooks/whatsapp/") for url in urls)
    finally:
        follow_addresses()


def test_addresses_outside_a_demo_world_are_left_alone(world, tmp_path):
    make_it_a_real_installation()
    with override_settings(KEFU_DATA=tmp_path, KEFU_SIMULATOR_URL="http://127.0.0.1:9101"):
        follow_addresses()
    assert list(tmp_path.iterdir()) == []
    assert "http://127.0.0.1:9101" not in {channel.base_url for channel in channels()}
