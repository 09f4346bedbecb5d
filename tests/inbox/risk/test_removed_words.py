"""A word is removed while another process still knows it: what comes in goes through all the same (TS-7)."""

import pytest

from inbox.models import Channel, RiskMention, RiskTerm
from inbox.risk.words import words_of
from tests.conftest import Cast
from tests.inbox.risk.conftest import cases, settings
from tests.worlds.threads import messages, thread


@pytest.mark.django_db(transaction=True)
def test_a_batch_with_a_word_that_is_gone_is_stored(cast: Cast, shop: Channel):
    settings(cast)
    assert words_of(cast.asia.pk) is not None
    # As another process does it: this one goes on knowing the word for a few seconds.
    RiskTerm.objects.for_system("the test").filter(text="不想活").delete()
    talk = thread(shop, text="我不想活了")
    assert len(messages(talk)) == 1 and cases() == []
    assert not RiskMention.objects.for_system("the test").exists()


@pytest.mark.django_db(transaction=True)
def test_the_words_that_are_left_still_count(cast: Cast, shop: Channel):
    settings(cast)
    assert words_of(cast.asia.pk) is not None
    RiskTerm.objects.for_system("the test").filter(text="詐騙").delete()
    thread(shop, text="這是詐騙，我不想活了")
    assert [row.kind for row in cases()] == ["self_harm"]


@pytest.mark.django_db(transaction=True)
def test_a_mention_whose_word_goes_while_it_is_stored_stays_readable(cast: Cast, shop: Channel):
    settings(cast)
    thread(shop, text="我不想活了")
    RiskMention.objects.for_system("the test").update(term_id=2**31 - 1)
    (mention,) = RiskMention.objects.for_system("the test")
    assert mention.word == "不想活"
    shown = cast.browser("dee").get("/api/v1/risk-cases")
    assert shown.status_code in (200, 404)
