"""A day is counted once it is over: terms, never texts, and none that tells of one person (CM-5)."""

import pytest
from django.db import connection

from inbox.actions.keyword_days import count_due, forget_old_counts
from inbox.actions.keyword_words import add_term, choose_term
from inbox.keywords.cutting import Cutter, Phrases, names_in
from inbox.keywords.policy import KeywordPolicy
from inbox.keywords.spelling import key_of
from inbox.models import Channel, KeywordCount, KeywordDay, KeywordTerm
from tests.conftest import Cast
from tests.inbox.keywords.conftest import counts, day, terms, write_on
from tests.worlds.customers import Customer
from tests.worlds.threads import logged

_WHY = "the test looks"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我要申請退貨，但是客服一直沒有回覆我", {"申請", "退貨", "客服", "回覆", "申請退貨"}),
        ("物流延遲好久 https://t.cat/refund?x=late", {"物流", "延遲", "物流延遲"}),
        ("我叫陳小明，請王小姐 處理，電話 0912-345-678", {"處理"}),
        (
            "Hi, the late deliveries! Mail me at kevin@shop.com or shop.com/x7",
            {"late", "deliveries", "late deliveries", "mail"},
        ),
        ("ORDER-12345 is at www.shop.tw, @fay", set()),
        ("這個茶壺蓋子裂痕很大", {"茶壺蓋子", "裂痕", "茶壺蓋子裂痕"}),
        ("my oolong tea set", {"oolong tea", "set", "oolong tea set"}),
        ("物流真的一直延遲", {"物流", "延遲", "一直延遲"}),
        ("=SUM(A1) 退貨", {"sum", "退貨"}),
    ],
)
def test_what_of_a_text_is_a_term(text: str, wanted: set[str]):
    own, followed = (Phrases(map(key_of, words)) for words in (["茶壺蓋子", "oolong tea"], ["一直延遲"]))
    cutter = Cutter(own, followed, names_in("Fay", "Dee"))
    assert set(cutter.terms(text, names_in("陳小明")).values()) == wanted


def test_one_spelling_counts_whatever_the_script_and_the_plural():
    assert key_of("物流 延遲") == key_of("物流延迟") and key_of("Late Deliveries") == key_of("late  delivery")


def test_a_day_is_counted_once_and_its_texts_are_nowhere(cast: Cast, shop: Channel, crowd: list[Customer]):
    write_on(shop, crowd[:6], 1, ["退款還沒收到", "退款還沒收到", "我的茶壺破了"])
    write_on(shop, crowd[:2], 1, ["退款呢"])
    write_on(shop, crowd, 0, ["今日的訊息"])
    assert count_due() == 2 * 35  # two regions, as far back as a baseline reaches
    found = counts(cast.asia, 1)
    assert found["退款"] == (6, 4)
    assert "茶壺" not in found  # two wrote it
    assert counts(cast.asia, 0) == {} and not KeywordTerm.objects.for_system(_WHY).filter(region=cast.europe).exists()
    row = KeywordDay.objects.for_system(_WHY).get(region=cast.asia, on=day(cast.asia, 1))
    assert (row.messages, row.conversations, row.least) == (8, 6, 3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM inbox_keywordterm")
        assert all("退款".encode() not in bytes(text) for (text,) in cursor.fetchall())
    assert count_due() == 0
    assert len(logged("keywords.counted")) == 70


def test_own_and_followed_words_are_counted_from_the_first_and_their_days_anew(
    cast: Cast, shop: Channel, crowd: list[Customer]
):
    write_on(shop, crowd[:8], 1, ["茶壺蓋子裂開", *["退款退款"] * 7])
    count_due()
    assert "茶壺蓋子" not in counts(cast.asia, 1)
    own = add_term(by=cast.access("dee"), region_id=cast.asia.pk, text=" 茶壺 蓋子 ")
    choose_term(by=cast.access("dee"), term_id=own.pk, own=True)
    assert count_due() == 35
    assert counts(cast.asia, 1)["茶壺 蓋子"] == (1, 1)
    assert terms(cast.asia)["茶壺 蓋子"].exact_from == day(cast.asia, 35)
    choose_term(by=cast.access("dee"), term_id=own.pk, own=False)
    count_due()
    assert "茶壺 蓋子" not in counts(cast.asia, 1)


def test_what_is_too_old_is_forgotten_and_words_nobody_wants_with_it(cast: Cast, shop: Channel, crowd: list[Customer]):
    write_on(shop, crowd[:4], 30, ["退款還沒收到"])
    count_due()
    KeywordPolicy.objects.update_or_create(pk=1, defaults={"kept_days": 20})
    KeywordPolicy.forget()
    kept = add_term(by=cast.access("dee"), region_id=cast.asia.pk, text="物流")
    choose_term(by=cast.access("dee"), term_id=kept.pk, ignored=True)
    forget_old_counts()
    assert not KeywordCount.objects.for_system(_WHY).exists()
    assert set(terms(cast.asia)) == {"物流"}
