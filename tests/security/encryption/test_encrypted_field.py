"""The field: plain in Python, sealed in the database, opened only when looked at."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.models import Message
from security.encryption.fields import Sealed
from security.encryption.keyring import make_keys
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, only_message, thread

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.fixture
def row(cast: Cast) -> Message:
    thread(channel(cast.asia))
    return only_message()


def test_update_with_a_plain_value_is_refused(row: Message):
    rows = Message.objects.for_system("the test")
    with pytest.raises(TypeError, match="save the row instead"), transaction.atomic():
        rows.update(content={"text": "plain"})
    with pytest.raises(TypeError, match="save the row instead"):
        list(rows.filter(content={"text": "plain"}))
    assert fresh(row).content == {"text": "Hello"}


def test_a_loaded_row_is_not_opened_until_somebody_looks(row: Message):
    loaded = fresh(row)
    assert isinstance(loaded.__dict__["content"], Sealed)
    assert loaded.content == {"text": "Hello"}
    opened: object = loaded.__dict__["content"]
    assert opened == {"text": "Hello"}, "opened once"


def test_saving_a_row_nobody_looked_at_leaves_its_ciphertext_as_it_is(row: Message):
    loaded = fresh(row)
    before = bytes(loaded.__dict__["content"])
    loaded.save()
    assert bytes(fresh(row).__dict__["content"]) == before


def test_a_deferred_value_is_fetched_when_looked_at(row: Message):
    deferred = Message.objects.for_system("the test").defer("content").get()
    assert "content" in deferred.get_deferred_fields()
    assert deferred.content == {"text": "Hello"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plain=PLAIN)
def test_any_json_value_comes_back_as_it_went_in(row: Message, plain: object):
    row.content = {"x": plain}
    row.save(update_fields=["content"])
    assert fresh(row).content == {"x": plain}


def test_null_stays_null(cast: Cast, row: Message):
    from inbox.models import Media

    media = Media(
        conversation_id=row.conversation_id, key_id=row.key_id, kind="image", state="failed", created_at=row.at
    )
    media.name = None
    media.save()
    assert fresh(media).name is None


def test_a_value_under_a_key_of_another_contact_does_not_open(cast: Cast, row: Message):
    from security.encryption.sealing import Unreadable

    (other,) = make_keys(region_id=cast.asia.pk, purpose="contact")
    Message.objects.for_system("the test").filter(pk=row.pk).update(key_id=other.pk)
    with pytest.raises(Unreadable):
        _ = fresh(row).content
