"""Who may erase a contact, and how it is asked for (CM-8, PM-9)."""

from typing import Any

import pytest

from contacts.actions.erasing import carry_on_erasing, erase_contact
from contacts.errors import OnLegalHold
from contacts.models import Contact
from inbox.actions.bin import delete_conversation
from inbox.models import Conversation
from security.account_errors import FactorMissing, FactorNeeded
from security.actions.duties import give_duty
from security.encryption.keyring import forget_keys
from security.errors import Invalid, Missing, NotAllowed, NotFound
from tests.conftest import BY, Cast
from tests.worlds.customers import Customer
from tests.worlds.erasing import MEI, erased, everything_of_mei
from tests.worlds.factors import fresh_access, fresh_browser
from tests.worlds.threads import messages, thread


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return everything_of_mei(cast)


def test_the_name_must_be_typed(cast: Cast, talk: Conversation):
    with pytest.raises(Invalid) as refused:
        erased(cast, talk, confirm="Somebody")
    assert refused.value.field == "confirm"
    assert erased(cast, talk, confirm="  ms   questera ").keys


def test_the_number_will_do_as_well(cast: Cast, talk: Conversation):
    assert erased(cast, talk, confirm=f"+{MEI.wa_id}").keys


def test_a_reason_is_needed(cast: Cast, talk: Conversation):
    with pytest.raises(Missing):
        erased(cast, talk, reason="  ")


def test_a_legal_hold_keeps_it(cast: Cast, talk: Conversation):
    from contacts.actions.holds import hold_contact, release_contact

    hold_contact(by=cast.access("dee"), contact_id=talk.contact_id, reason="A court asks")
    with pytest.raises(OnLegalHold):
        erased(cast, talk)
    assert messages(talk)[0].content["text"] == "tangerine-question"
    release_contact(by=cast.access("dee"), contact_id=talk.contact_id)
    assert erased(cast, talk).keys


def test_it_needs_the_permission_a_factor_and_sight_of_the_contact(cast: Cast, talk: Conversation):
    deed: dict[str, Any] = {"contact_id": talk.contact_id, "confirm": "Ms Questera", "reason": "Request"}
    with pytest.raises(NotAllowed):
        erase_contact(by=fresh_access(cast, "dee"), **deed)
    with pytest.raises(FactorMissing):
        erase_contact(by=cast.access("ana"), **deed)
    fresh_access(cast, "ana")
    with pytest.raises(FactorNeeded):
        erase_contact(by=cast.access("ana"), **deed)
    give_duty(by=BY, user=cast.cho, duty="data_protection")
    with pytest.raises(NotFound):
        erase_contact(by=fresh_access(cast, "cho"), **deed)
    give_duty(by=BY, user=cast.ben, duty="data_protection")
    assert erase_contact(by=fresh_access(cast, "ben"), **deed).keys


def test_over_the_api_it_is_told_as_it_goes_on(cast: Cast, talk: Conversation):
    ana = fresh_browser(cast, "ana")
    answer = ana.post(
        f"/api/v1/contacts/{talk.contact_id}/erase",
        {"confirm": "Ms Questera", "reason": "Request 4711"},
        content_type="application/json",
    )
    assert answer.status_code == 202 and answer.json()["finished_at"] is None
    path = f"/api/v1/erasures/{answer.json()['id']}"
    assert ana.get(f"{path}/proof").status_code == 404
    carry_on_erasing()
    told = ana.get(path).json()
    assert told["finished_at"] and told["digest"] and told["asked_by"]["name"] == "Ana"
    assert cast.browser("dee").get(path).status_code == 403


def test_what_is_in_the_bin_is_erased_with_its_contact(cast: Cast, talk: Conversation):
    delete_conversation(by=fresh_access(cast, "dee"), conversation_id=talk.pk, reason="velvet-reason")
    erased(cast, talk)
    assert cast.browser("dee").get("/api/v1/bin").json()["results"] == []
    assert Contact.objects.for_system("the test").get(pk=talk.contact_id).gone == "erased"


def test_somebody_else_is_untouched(cast: Cast, talk: Conversation):
    other = thread(talk.channel, Customer("Klara", "886900555111"), "quite another")
    erased(cast, talk)
    forget_keys()
    assert messages(other)[0].content == {"text": "quite another"}
