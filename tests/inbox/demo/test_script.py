from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from inbox import demo
from inbox.demo.attachments import attachment
from inbox.demo.customers import invent_customers
from inbox.demo.documents import draw_document
from inbox.demo.episodes import play
from inbox.demo.facts import gather_facts
from inbox.demo.manners import say
from inbox.demo.material import material
from inbox.demo.pictures import SUBJECTS
from inbox.demo.script import BadScript, Turn, read_turn, scenarios
from inbox.demo.wording import spaced, word

DATA = Path(demo.__file__).parent / "data"
PHONE_WORDS = Path(demo.__file__).parents[1] / "simulator" / "phone" / "words.zh-hant.json"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def someone(language: str, region: str = "asia"):
    card = next(one for one in material("shop")["regions"] if one["code"] == region)
    return next(one for one in invent_customers(card, Random(1)) if one.language == language)


@pytest.mark.parametrize("line, turn", [
    ("> 你好", Turn("say", "in", 1.0, "你好")),
    ("?60 < ^1 @image:mug 這個", Turn("say", "out", 0.6, "這個", "image", "mug", 1)),
    ("> @button 好，我可以等", Turn("say", "in", 1.0, "好，我可以等", "button")),
    ("+ 👍", Turn("react", "in", 1.0, "👍")),
    ("~ 40m", Turn("pause", "", 1.0, seconds=2400)),
    ("?50 ~ 2h", Turn("pause", "", 0.5, seconds=7200)),
])  # fmt: skip
def test_the_notation_is_read(line, turn):
    assert read_turn(line) == turn


@pytest.mark.parametrize("line", ["你好", "~ soon", "?x > 你好", "= 你好"])
def test_what_is_no_turn_is_refused(line):
    with pytest.raises(BadScript):
        read_turn(line)


def test_lettered_alternatives_agree_and_facts_are_filled():
    linked: dict[str, float] = {}
    facts = {"what": "<deep>", "deep": "tea"}
    for _ in range(20):
        first, second = (word("{A:one|two} of <what>", facts, Random(), linked) for _ in "12")
        assert first == second
        assert first in ("one of tea", "two of tea")


def test_alternatives_may_be_nested_and_empty():
    seen = {word("{a{1|2}|}!", {}, Random(seed), {}) for seed in range(40)}
    assert seen == {"a1!", "a2!", "!"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("由 黑貓宅急便 配送，約 2 到 5 天", "由黑貓宅急便配送，約 2 到 5 天"),
        ("由 Royal Mail 配送", "由 Royal Mail 配送"),
        ("我直接問DPD，最晚11/5（三）送達", "我直接問 DPD，最晚 11/5（三）送達"),
        ("馬克杯 × 2\n茶盤 × 1", "馬克杯 × 2\n茶盤 × 1"),
        ("Hi Ben, one moment", "Hi Ben, one moment"),
    ],
)
def test_spaces_stand_between_chinese_and_latin_only(text, shown):
    assert spaced(text) == shown


def test_parcels_are_late_for_reasons_of_their_own_region():
    asian = {gather_facts(someone("zh"), agent="Ben", at=NOON, rng=Random(seed)).words["reason"] for seed in range(60)}
    assert "颱風" in asian and not {"大雪", "罷工"} & asian


# What a mainland shop would write; a reader in Taiwan stumbles over each.
_MAINLAND = [
    "視頻",
    "質量",
    "信息",
    "網絡",
    "登錄",
    "激活",
    "短信",
    "支付",
    "反饋",
    "默認",
    "屏幕",
    "打印",
    "在線",
    "鏈接",
    "郵箱",
    "用戶",
    "首單",
    "檢貨",
    "點擊",
    "回復",
    "實時",
    "號段",
    "頻道",
]


def test_the_demo_speaks_as_one_does_in_taiwan():
    texts = [path.read_text(encoding="utf-8") for path in DATA.rglob("*.yaml")] + [
        PHONE_WORDS.read_text(encoding="utf-8")
    ]
    assert [word for word in _MAINLAND if any(word in text for text in texts)] == []


def test_an_unknown_fact_is_an_error():
    with pytest.raises(KeyError):
        word("<nothing>", {}, Random(1), {})


def test_people_write_differently():
    text = "您好，請問這個還有嗎？謝謝您"
    said = {tuple(say(text, manner, "zh", Random(seed))) for manner in range(6) for seed in range(9)}
    assert len(said) >= 5
    assert max(len(one) for one in said) == 2


def test_there_is_something_to_say_in_both_languages_on_every_line():
    for language in ("zh", "en"):
        for line in ("care", "trade"):
            for region in ("asia", "europe", "americas"):
                assert [s for s in scenarios() if s.fits(language=language, line=line, region=region)]


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name)
def test_every_scenario_can_be_played(scenario):
    region = next(iter(scenario.regions)) if scenario.regions else "europe"
    customer = someone(scenario.language, region)
    played = set()
    for seed in range(12):
        rng = Random(seed)
        facts = gather_facts(customer, agent="Ben", at=NOON, rng=rng)
        lines = play(scenario, customer, facts, rng)
        assert lines and [line.offset for line in lines] == sorted(line.offset for line in lines)
        assert lines[0].side == ("out" if scenario.starts == "team" else "in")
        played |= {line.content.get("text") for line in lines if line.kind == "text"}
        assert all(attachment(line.file).content for line in lines if line.file)
    assert len(played) > 4


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_picture_is_a_sound_image_with_a_thumbnail(subject):
    found = attachment(f"{subject}:1")
    assert found.mime_type == "image/jpeg"
    assert found.picture is not None and min(found.picture.width, found.picture.height) >= 500
    assert len(found.content) < 200_000


def test_documents_are_complete_pdfs():
    pdf = draw_document("invoice", "invoice-IL0001")
    assert pdf.startswith(b"%PDF-1.4") and pdf.endswith(b"%%EOF\n")
    table = int(pdf.split(b"startxref\n")[1].split(b"\n")[0])
    assert pdf[table : table + 4] == b"xref"
    assert b"INVOICE" in pdf and len(pdf) < 6000


def test_customers_are_invented_the_same_each_time_and_reach_nobody():
    card = material("shop")["regions"][0]
    once, again = (invent_customers(card, Random(5)) for _ in range(2))
    assert once == again
    assert len({one.wa_id for one in once}) == len({one.bsuid for one in once}) == len(once)
    assert all(one.wa_id.startswith(("886900000", "85200000")) for one in once)
