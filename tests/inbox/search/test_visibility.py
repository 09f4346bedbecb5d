"""Nobody finds what they do not see: by region, level, duty, age, bin, and one by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from guardian.shortcuts import assign_perm

from contacts.actions.edit import add_note
from inbox.actions.assignments import assign_conversation
from inbox.actions.internal_notes import write_note
from inbox.models import Conversation, Message
from inbox.search.queries import Search, find_messages
from security.actions.duties import give_duty
from security.actions.grants import give_grant
from security.actions.traineeships import start_traineeship
from security.search.asking import understand
from tests.conftest import BY, Cast
from tests.inbox.search.finding import answer, found
from tests.inbox.together.test_bin import bin_it
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import messages, thread
from tests.worlds.webhooks import message, says

pytestmark = pytest.mark.usefixtures("either_way")
_WHY = "the test looks"
GROUPS = ("messages", "notes", "contacts")
EVERYTHING = {"messages": 1, "notes": 2, "contacts": 1}
NOTHING = dict.fromkeys(GROUPS, 0)


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """Everything of it holds the word."""
    found_ = thread(channel(cast.asia), customer("Zebra"), "zebra stripes")
    write_note(by=cast.access("fay"), conversation_id=found_.pk, client_ref="a", text="zebra inside")
    add_note(by=cast.access("fay"), contact_id=found_.contact_id, text="zebra person")
    return found_


def counts(cast: Cast, name: str) -> dict[str, int]:
    return {group: len(found(cast, name, "zebra", group)) for group in GROUPS}


@pytest.mark.parametrize("name", ["ana", "ben", "dee", "eli", "fay"])
def test_everybody_of_the_region_finds_it(cast: Cast, talk: Conversation, name: str):
    assert counts(cast, name) == EVERYTHING


def test_another_region_does_not(cast: Cast, talk: Conversation):
    assert counts(cast, "cho") == NOTHING


def test_a_trainee_finds_what_is_theirs(cast: Cast, talk: Conversation):
    start_traineeship(by=BY, user=cast.ben)
    assert counts(cast, "ben") == NOTHING
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    assert counts(cast, "ben") == EVERYTHING


def test_finance_finds_what_is_marked_payment(cast: Cast, talk: Conversation):
    give_duty(by=BY, user=cast.eli, duty="finance")
    assert counts(cast, "eli") == NOTHING
    Conversation.objects.for_system(_WHY).filter(pk=talk.pk).update(payment_marked_at=timezone.now())
    assert counts(cast, "eli") == EVERYTHING


def test_agents_find_what_is_not_too_old_for_them(cast: Cast, talk: Conversation):
    who = customer("Old")
    says(talk.channel, who, message(who, "text", "zebra long ago", ago=20 * 86_400))
    old = messages(kind="text", at__lt=timezone.now() - timedelta(days=10))[0]
    assert counts(cast, "dee")["messages"] == 2
    assert counts(cast, "ben") == EVERYTHING
    give_grant(
        by=BY, user=cast.ben, permission="inbox.read_history", on=old.conversation, reason="A claim",
        ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    assert counts(cast, "ben")["messages"] == 2


def test_nobody_finds_what_is_in_the_bin_until_it_is_back(cast: Cast, talk: Conversation):
    bin_it(cast, talk)
    assert counts(cast, "dee")["messages"] == 0
    Conversation.objects.for_system(_WHY).filter(pk=talk.pk).update(state="open")
    assert counts(cast, "dee") == EVERYTHING


def test_one_conversation_that_was_given_is_found_and_no_other(cast: Cast, talk: Conversation):
    thread(talk.channel, customer("Zebra Two"), "zebra again")
    assign_perm("inbox.see_conversation", cast.cho, talk)
    assert counts(cast, "cho")["messages"] == 1
    assert found(cast, "cho", "zebra") == ["zebra stripes"]


def test_how_far_back_is_looked_tells_nothing_of_what_is_hidden(cast: Cast, talk: Conversation):
    """The same statements for a word that stands in a thousand hidden messages and for one that stands nowhere."""
    who = customer("Many")
    says(talk.channel, who, *(message(who, "text", f"giraffe {at}", ago=at) for at in range(150)))
    start_traineeship(by=BY, user=cast.ben)
    access = cast.access("ben")
    answer(cast, "dee", "messages", q="giraffe")
    told = []
    for q in ("warm", "giraffe", "nowhere"):
        with CaptureQueriesContext(connection) as statements:
            page = find_messages(Search(access, understand(q), {}))
        told.append((len(statements), page))
    assert told[1] == told[2]
    assert Message.objects.for_system(_WHY).count() > 150
    assert answer(cast, "dee", "messages", q="giraffe")["next"]
