"""Whether a term has risen, and who is told: once for each time it does (CM-5)."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from inbox.actions.keyword_days import count_due
from inbox.actions.keyword_words import add_term, choose_term
from inbox.keywords.letters import usual_of
from inbox.keywords.statistics import beyond_chance, chance_of_rise, wilson
from inbox.models import Channel, KeywordRise, Notification
from security.actions.mails import send_due_mails
from tests.conftest import Cast
from tests.inbox.keywords.conftest import GREETINGS, usual_days, write_on
from tests.worlds.customers import Customer

_WHY = "the test looks"


def test_the_bounds_and_the_tests_are_the_textbooks():
    """Wilson (1927) for 20 of 100; the exact conditional test against sums done by hand; Benjamini–Hochberg's own
    example of 15 tests, of which 4 hold."""
    assert wilson(20, 100) == pytest.approx((0.1334, 0.2888), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0) and wilson(0, 50)[0] == 0.0
    assert chance_of_rise(3, 10, 1, 10) == pytest.approx(5 / 16)
    assert chance_of_rise(10, 10, 0, 100) == pytest.approx((1 / 11) ** 10)
    assert chance_of_rise(1100, 10_000, 1000, 10_000) == pytest.approx(0.0154, abs=5e-4)
    assert chance_of_rise(0, 10, 5, 10) == 1.0
    published = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1.0,
    ]
    tests = {UUID(int=place): chance for place, chance in enumerate(published)}
    assert beyond_chance(tests, doubt=0.05) == {UUID(int=place) for place in range(4)}


def test_a_mail_says_what_is_usual_only_where_anything_is():
    assert [words for _name, words in usual_of(KeywordRise(expected=0.26))] == ["0.3"]
    assert usual_of(KeywordRise(expected=0.0)) == usual_of(KeywordRise(expected=0.04)) == []


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_followers_are_told_of_a_rise_once_and_again_after_it_was_over(
    cast: Cast, shop: Channel, crowd: list[Customer]
):
    usual_days(shop, crowd, days=8)
    write_on(shop, crowd, 1, ["物流延遲好久", "物流延遲", "還沒到"])
    for name in ("dee", "ana"):
        term = add_term(by=cast.access(name), region_id=cast.asia.pk, text="物流延遲")
        choose_term(by=cast.access(name), term_id=term.pk, followed=True)
    calm = add_term(by=cast.access("dee"), region_id=cast.asia.pk, text="出貨")
    choose_term(by=cast.access("dee"), term_id=calm.pk, followed=True)
    count_due()
    rise = KeywordRise.objects.for_system(_WHY).get()
    assert (rise.term_id, rise.conversations, rise.of, rise.expected, rise.percent) == (term.pk, 20, 30, 3.0, 567)
    told = Notification.objects.for_system(_WHY).filter(kind="keyword.rose")
    assert {(row.to_id, row.note, row.data["percent"]) for row in told} == {
        (cast.dee.pk, "物流延遲", 567),
        (cast.ana.pk, "物流延遲", 567),
    }
    send_due_mails()
    assert {(*letter.to, letter.subject) for letter in mail.outbox} == {
        (person.email, "客戶更常提到「物流延遲」：+567 %") for person in (cast.dee, cast.ana)
    }
    assert "平時應有: 3.0" in str(mail.outbox[0].body)
    today = timezone.now()
    for ahead, texts, rises in ((1, ["物流延遲"], 1), (2, [GREETINGS], 1), (3, ["物流延遲"], 2)):
        with time_machine.travel(today + timedelta(days=ahead), tick=True):
            write_on(shop, crowd, 1, texts)
            count_due()
            count_due()
        assert KeywordRise.objects.for_system(_WHY).count() == rises
    assert told.all().count() == 4


def test_a_report_says_what_rose_and_a_few_more_are_chance(cast: Cast, shop: Channel, crowd: list[Customer]):
    usual_days(shop, crowd, days=8)
    write_on(shop, crowd, 1, ["物流延遲好久", "想退款", GREETINGS])
    count_due()
    dee = cast.browser("dee")
    asked = f"/api/v1/regions/{cast.asia.pk}/keywords?days=1"
    report = dee.get(asked).json()
    by_text = {one["text"]: one for one in report["top"]}
    assert {text for text, one in by_text.items() if one["risen"]} >= {"物流延遲", "退款"}
    assert not by_text["出貨"]["risen"] and by_text["出貨"]["rise"] < 0
    late = by_text["物流延遲"]
    assert (late["conversations"], late["share"], round(late["usual"], 3)) == (10, pytest.approx(1 / 3), 0.1)
    assert late["low"] < late["share"] < late["high"] and late["topic"] == "shipping"
    assert report["comparable"] and report["missing"] == 0
    shipping = next(group for group in report["groups"] if group["topic"] == "shipping")
    assert [one["text"] for one in shipping["risen"]] == ["物流延遲"]  # what says the same is left out
    assert shipping["more"] == 7
    sheet = dee.get(asked.replace("keywords?", "keywords/export?")).content.decode("utf-8-sig").splitlines()
    assert sheet[0].startswith("term,topic") and any(
        line.startswith("物流延遲,shipping and delivery,10") for line in sheet
    )
    choose_term(by=cast.access("dee"), term_id=late["id"], ignored=True)
    assert "物流延遲" not in {one["text"] for one in dee.get(asked).json()["top"]}


def test_a_term_has_days_and_examples_only_of_what_the_reader_may_read(
    cast: Cast, shop: Channel, crowd: list[Customer]
):
    usual_days(shop, crowd, days=8)
    write_on(shop, crowd, 1, ["物流延遲好久", "物流延遲"])
    count_due()
    dee = cast.browser("dee")
    top = dee.get(f"/api/v1/regions/{cast.asia.pk}/keywords?days=1").json()["top"]
    term = next(one["id"] for one in top if one["text"] == "物流延遲")
    days = dee.get(f"/api/v1/keyword-terms/{term}?days=9").json()["days"]
    assert [(one["conversations"], one["of"]) for one in days] == [(3, 30)] * 8 + [(30, 30)]
    assert days[0]["usual"] is None and days[-1]["usual"] == pytest.approx(0.1)
    found = dee.get(f"/api/v1/keyword-terms/{term}/examples?days=1").json()
    assert len(found["results"]) == 20 and found["next"]
    assert all(any(part["hit"] for part in one["excerpt"]) for one in found["results"])
    for name, status in (("ben", 403), ("fay", 403), ("cho", 403)):
        assert cast.browser(name).get(f"/api/v1/keyword-terms/{term}/examples").status_code == status
