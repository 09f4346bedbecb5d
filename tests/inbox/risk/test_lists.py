"""The lists by which risks are found: shipped, changed by supervisors, known to every process soon (TS-7)."""

from typing import Any

import pytest

from inbox.actions.risk_lists import lay_risk_lists
from inbox.models import Channel, RiskTerm
from inbox.risk.words import words_of
from security.errors import NotAllowed, NotFound
from tests.conftest import BY, Cast
from tests.inbox.risk.conftest import cases, settings
from tests.inbox.together.conftest import call
from tests.worlds.threads import logged, thread


def body(cast: Cast, **change: Any) -> dict[str, Any]:
    usual = {
        "watches": True,
        "minutes": 15,
        "rules": [
            {
                "kind": "fraud",
                "severity": 2,
                "mentions": 2,
                "window_hours": 12,
                "advice_zh": "撥打 165",
                "advice_en": "",
            }
        ],
        "words": [{"kind": "fraud", "language": "yue", "text": "呃錢"}],
        "steps": [{"minutes": 5, "skill": " Risk ", "people": [cast.fay.pk]}],
    }
    return {**usual, **change}


def test_a_supervisor_reads_and_replaces_them(cast: Cast, shop: Channel):
    dee = cast.browser("dee")
    shown = dee.get("/api/v1/risk-settings").json()["results"]
    assert {row["name"] for row in shown} == {"亞洲", "歐洲"} and all(len(row["words"]) > 80 for row in shown)
    saved = call(dee, "put", f"regions/{cast.asia.pk}/risk", body(cast)).json()
    assert (saved["minutes"], saved["rules"][0]["mentions"], saved["steps"][0]["skill"]) == (15, 2, "risk")
    assert saved["words"] == [{"kind": "fraud", "language": "yue", "text": "呃錢", "cases": 0, "false_alarms": 0}]
    assert len(logged("risk.lists_changed")) == 1
    thread(shop, text="你哋呃錢呃錢")
    assert len(cases()) == 1


def test_this_process_knows_a_change_at_once(cast: Cast, shop: Channel):
    before = words_of(cast.asia.pk)
    assert before is not None and before.found_in("我不想活")
    settings(cast, words=[])
    after = words_of(cast.asia.pk)
    assert after is None or not after.found_in("我不想活")


def test_words_that_stay_are_the_same_rows(cast: Cast, shop: Channel):
    kept = RiskTerm.objects.for_system("the test").get(region=cast.asia, text="詐騙").pk
    settings(cast)
    assert RiskTerm.objects.for_system("the test").get(region=cast.asia, text="詐騙").pk == kept


def test_the_lists_are_laid_once(cast: Cast):
    assert (lay_risk_lists(), lay_risk_lists()) == (2, 0)


def test_nobody_below_or_elsewhere_changes_them(cast: Cast, shop: Channel):
    for name in ("ben", "fay"):
        with pytest.raises(NotAllowed):
            settings(cast, by=name)
    from security.actions.people import leave_region

    leave_region(by=BY, user=cast.dee, region=cast.asia)
    with pytest.raises(NotFound):
        settings(cast)
    dee = cast.browser("dee")
    assert [row["name"] for row in dee.get("/api/v1/risk-settings").json()["results"]] == ["歐洲"]
    assert call(dee, "post", f"regions/{cast.asia.pk}/risk/try", {"text": "詐騙"}).status_code == 404


def test_they_can_be_tried(cast: Cast, shop: Channel):
    answer = call(cast.browser("dee"), "post", f"regions/{cast.asia.pk}/risk/try", {"text": "诈骗,詐 騙"})
    assert answer.json()["results"] == [{"kind": "fraud", "word": "詐騙", "times": 2}]
    assert cases() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words": [{"kind": "fraud", "language": "zh", "text": "。。"}]}, "words"),
        (
            {
                "words": [
                    {"kind": "fraud", "language": language, "text": text}
                    for language, text in (("zh", "詐騙"), ("yue", "诈 骗"))
                ]
            },
            "words",
        ),
        ({"words": [{"kind": "rain", "language": "zh", "text": "詐騙"}]}, "words.0.kind"),
        ({"steps": [{"minutes": 10, "skill": "", "people": []}]}, "steps"),
        ({"steps": [{"minutes": 10, "skill": "", "people": [2**31 - 1]}]}, "steps"),
        ({"steps": [{"minutes": 0, "skill": "risk", "people": []}]}, "steps.0.minutes"),
        ({"minutes": 0}, "minutes"),
    ],
    ids=["no letters", "twice, in both scripts", "kind", "nobody", "a stranger", "no time", "no time for supervisors"],
)
def test_what_makes_no_sense_is_refused(cast: Cast, shop: Channel, change: dict[str, Any], field: str):
    answer = call(cast.browser("dee"), "put", f"regions/{cast.asia.pk}/risk", body(cast, **change))
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert RiskTerm.objects.for_system("the test").filter(region=cast.asia).count() > 80


def test_somebody_of_another_region_is_no_specialist_here(cast: Cast, shop: Channel):
    wrong = [{"minutes": 10, "skill": "", "people": [cast.cho.pk]}]
    answer = call(cast.browser("dee"), "put", f"regions/{cast.asia.pk}/risk", body(cast, steps=wrong))
    assert (answer.status_code, answer.json()["field"]) == (400, "steps")
