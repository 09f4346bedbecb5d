"""Keys under keys: contact under region under master; rotation, destruction, and what is shared."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from security.encryption.blind_index import DIGEST_BYTES, blind
from security.encryption.keyring import KeyGone, forget_keys, make_keys, open_key, open_keys, shared_key
from security.encryption.sealing import Unreadable
from security.ids import new_id
from security.models import DataKey, RegionKey
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.threads import only_message, thread

OLD = "2025:" + "o" * 40
NEW = "2026:" + "n" * 40


@pytest.fixture
def old_master() -> Iterator[None]:
    """Everything after it is made under last year's master key."""
    with override_settings(KEFU_MASTER_KEYS=OLD):
        yield


def test_a_new_master_key_wraps_new_region_keys_and_the_old_one_still_opens_the_old(old_master: None, cast: Cast):
    thread(channel(cast.asia), text="written under the old key")
    forget_keys()
    with override_settings(KEFU_MASTER_KEYS=f"{NEW},{OLD}"):
        assert only_message().content == {"text": "written under the old key"}
        RegionKey.objects.filter(region=cast.europe).update(slot="retired", region=None)
        make_keys(region_id=cast.europe.pk, purpose="contact")
        masters = dict(RegionKey.objects.values_list("slot", "master_id"))
    assert masters[f"region:{cast.europe.pk}"] == "2026"
    assert masters[f"region:{cast.asia.pk}"] == "2025"


def test_without_the_old_master_key_its_regions_do_not_open_and_the_error_says_which_is_missing(
    old_master: None, cast: Cast
):
    thread(channel(cast.asia))
    forget_keys()
    with override_settings(KEFU_MASTER_KEYS=NEW), pytest.raises(ImproperlyConfigured, match="'2025'"):
        _ = only_message().content


def test_another_secret_under_the_same_name_opens_nothing(old_master: None, cast: Cast):
    thread(channel(cast.asia))
    forget_keys()
    with override_settings(KEFU_MASTER_KEYS="2025:" + "x" * 40), pytest.raises(Unreadable):
        _ = only_message().content


@pytest.mark.parametrize("spelled", ["", "nameless" * 10, ":" + "x" * 40, "short:secret", "a:" + "x" * 31])
def test_master_keys_that_are_missing_or_weak_are_refused(db: None, spelled: str):
    with override_settings(KEFU_MASTER_KEYS=spelled), pytest.raises(ImproperlyConfigured, match="KEFU_MASTER_KEYS"):
        make_keys(region_id=None, purpose="contact")


def test_every_key_is_its_own_and_stays_the_same(cast: Cast):
    one, two = make_keys(region_id=cast.asia.pk, purpose="contact", count=2)
    before = open_key(one.pk)
    assert len(before) == 32 and before != open_key(two.pk)
    forget_keys()
    assert open_key(one.pk) == before


def test_a_key_that_is_not_there_is_gone(db: None):
    with pytest.raises(KeyGone):
        open_key(new_id())


def test_many_keys_open_with_one_query(cast: Cast):
    made = make_keys(region_id=cast.asia.pk, purpose="contact", count=30)
    forget_keys()
    with CaptureQueriesContext(connection) as queries:
        open_keys(key.pk for key in made)
        for key in made:
            open_key(key.pk)
    assert len(queries) == 1


def test_a_wrapped_key_moved_to_another_row_does_not_open(cast: Cast):
    one, two = make_keys(region_id=cast.asia.pk, purpose="contact", count=2)
    DataKey.objects.filter(pk=two.pk).update(wrapped=DataKey.objects.get(pk=one.pk).wrapped)
    forget_keys()
    with pytest.raises(Unreadable):
        open_key(two.pk)


def test_the_shared_key_of_a_purpose_is_one_per_region(cast: Cast):
    asia, europe = (shared_key(region_id=region.pk, purpose="index") for region in (cast.asia, cast.europe))
    assert asia == shared_key(region_id=cast.asia.pk, purpose="index") != europe
    assert shared_key(region_id=None, purpose="people") == shared_key(region_id=None, purpose="people")
    forget_keys()
    assert asia == shared_key(region_id=cast.asia.pk, purpose="index")


def test_a_shared_key_whose_making_was_rolled_back_is_not_remembered(db: None):
    from django.db import transaction

    with transaction.atomic():
        shared_key(region_id=None, purpose="trial")
        transaction.set_rollback(True)
    made = shared_key(region_id=None, purpose="trial")
    assert DataKey.objects.filter(pk=made).exists()
    assert len(open_key(made)) == 32


def test_a_blind_index_stands_for_one_value_of_one_kind_in_one_region(cast: Cast):
    number = blind("886900000001", kind="wa_id", region_id=cast.asia.pk)
    assert len(number) == DIGEST_BYTES
    assert number == blind("886900000001", kind="wa_id", region_id=cast.asia.pk)
    others = {
        blind("886900000002", kind="wa_id", region_id=cast.asia.pk),
        blind("886900000001", kind="bsuid", region_id=cast.asia.pk),
        blind("886900000001", kind="wa_id", region_id=cast.europe.pk),
    }
    assert len(others | {number}) == 4


def test_a_blind_index_survives_a_restart(cast: Cast):
    before = blind("886900000001", kind="wa_id", region_id=cast.asia.pk)
    forget_keys()
    assert blind("886900000001", kind="wa_id", region_id=cast.asia.pk) == before


def test_a_shared_key_asked_for_twice_and_rolled_back_is_not_remembered_either(db: None):
    from django.db import transaction

    with transaction.atomic():
        assert shared_key(region_id=None, purpose="trial") == shared_key(region_id=None, purpose="trial")
        transaction.set_rollback(True)
    assert DataKey.objects.filter(pk=shared_key(region_id=None, purpose="trial")).exists()


@pytest.mark.django_db(transaction=True)
def test_a_shared_key_is_remembered_once_it_is_committed():
    from django.db import transaction

    with transaction.atomic():
        made = shared_key(region_id=None, purpose="trial")
    with CaptureQueriesContext(connection) as queries:
        assert shared_key(region_id=None, purpose="trial") == made
    assert len(queries) == 0
