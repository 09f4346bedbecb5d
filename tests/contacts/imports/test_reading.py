"""What a file is: its encoding, its delimiter, its heading, its dates and amounts."""

import io
import zipfile
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from contacts.imports.columns import guess, looks_like_heading
from contacts.imports.encodings import detect
from contacts.imports.errors import EmptyFile, FileTooLarge, OldWorkbook, UnreadableFile
from contacts.imports.tables import Form, delimiter_of, kind_of, lines_of, sheets_of
from contacts.imports.values import amount, answer, currency_in, moment
from security.errors import Refusal
from tests.contacts.imports.files import workbook

_NOTHING = ((b"", EmptyFile), (b"\xef\xbb\xbf\r\n", EmptyFile))
TRADITIONAL = "姓名,電話\r\n陳怡君,0912345678\r\n林志豪與黃淑芬的訂單還沒有送到,0922\r\n"
SIMPLIFIED = "姓名,电话\r\n陈怡君,0912345678\r\n这个订单还没有送到请尽快处理,0922\r\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8-sig", "utf-8"),
        (TRADITIONAL, "cp950", "big5"),
        (TRADITIONAL, "utf-16", "utf-16"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        ("name,city\nJosé Müller,Besançon\nZoë,Århus\n", "cp1252", "windows-1252"),
        ("a,b\n1,2\n", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found_out(text: str, encoding: str, found: str):
    content = text.encode(encoding)
    assert detect(lambda: iter([content[:7], content[7:]])) == found


@pytest.mark.parametrize(
    ("text", "mark"), [("a,b\n1,2\n", ","), ("a;b;c\n1,5;2;3\n", ";"), ("a\tb\n1\t2\n", "\t"), ("one\ntwo\n", ",")]
)
def test_the_delimiter_is_found_out(text: str, mark: str):
    assert delimiter_of(text) == mark


def test_quoted_cells_blank_lines_and_what_spreadsheets_put_before_cells():
    text = 'phone,name\r\n\r\n"\'0912345678","two\r\nlines, ""quoted"""\r\n,\r\n=1+1,x\r\n'
    found = lines_of(io.BytesIO(text.encode()), Form("csv", "utf-8", ","), largest=1)
    assert list(found) == [
        (1, ["phone", "name"]), (3, ["0912345678", 'two\r\nlines, "quoted"']), (6, ["=1+1", "x"]),
    ]  # fmt: skip


def test_workbooks_are_read_as_people_see_them_and_bombs_are_not_opened():
    content = workbook([["手機", "日期"], [912345678.0, date(2026, 1, 2)], [None, None], [True, "x"]])
    assert sheets_of(io.BytesIO(content), largest=10**7) == ["Sheet"]
    found = list(lines_of(io.BytesIO(content), Form("xlsx"), largest=10**7))
    assert [cells for _number, cells in found] == [
        ["手機", "日期"], ["912345678", "2026-01-02"], ["true", "x"],
    ]  # fmt: skip
    with pytest.raises(FileTooLarge):
        sheets_of(io.BytesIO(content), largest=100)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")
    for odd in (out.getvalue(), b"PK\x03\x04 nothing"):
        with pytest.raises(UnreadableFile):
            sheets_of(io.BytesIO(odd), largest=10**7)
    for start, refusal in ((b"\xd0\xcf\x11\xe0", OldWorkbook), (b"GIF89a\x00\x01", UnreadableFile), *_NOTHING):
        with pytest.raises(refusal):
            kind_of(start)


def test_columns_are_guessed_by_name_in_both_languages_and_by_what_stands_in_them():
    found = guess("contacts", ["客戶 姓名", "WhatsApp_Number", "尺寸", "?"], [], {"尺寸": "size"})
    assert found == {"0": "name", "1": "phone", "2": "field:size"}
    assert guess("contacts", ["a", "b"], [["x", "0912-345-678"], ["y", "+886 2 2345"]], {}) == {"1": "phone"}
    assert looks_like_heading(["手機"], [["0912345678"]], "contacts")
    assert not looks_like_heading(["王小美", "0912345678"], [["李", "0922"]], "contacts")


@pytest.mark.parametrize(
    ("text", "order", "told"),
    [
        ("2026-11-28", "dmy", "2026-11-27T16:00"),
        ("2026/11/28 下午 3:05", "dmy", "2026-11-28T07:05"),
        ("115/11/28", "dmy", "2026-11-27T16:00"),
        ("28.11.2026 12:00 am", "dmy", "2026-11-27T16:00"),
        ("11/28/2026", "mdy", "2026-11-27T16:00"),
        ("2026-11-28T03:05:06Z", "dmy", "2026-11-28T03:05"),
        ("2026年11月28日", "dmy", "2026-11-27T16:00"),
        ("2026-02-30", "dmy", None),
        ("yesterday", "dmy", None),
    ],
)
def test_dates_as_they_are_written(text: str, order: str, told: str | None):
    if told is None:
        with pytest.raises(Refusal):
            moment(text, zone=ZoneInfo("Asia/Taipei"), order=order)
    else:
        found = moment(text, zone=ZoneInfo("Asia/Taipei"), order=order)
        assert found.tzinfo is UTC and found.isoformat().startswith(told)


def test_amounts_and_answers():
    assert [amount(text, currency="TWD") for text in ("NT$1,290", "1.290,50", "12.5", "－3")] == [
        129000,
        129050,
        1250,
        -300,
    ]
    assert amount("¥1,290", currency="JPY") == 1290
    assert [answer(text) for text in ("是", "Yes", "ｎｏ", "不同意")] == [True, True, False, False]
    for wrong in (lambda: answer("maybe"), lambda: amount("x", currency="TWD"), lambda: amount("1.5", currency="JPY")):
        with pytest.raises(Refusal):
            wrong()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("HK$1,234.50", "HKD"),
        ("ＮＴ＄1,290", "TWD"),
        ("1290 HKD", "HKD"),
        ("€5", "EUR"),
        ("$5", ""),
        ("1,290", ""),
        ("元 5", ""),
    ],
)
def test_an_amount_may_say_which_money_it_is(text: str, told: str):
    assert currency_in(text) == told


def test_a_cell_without_an_end_is_told_of_in_the_reader_s_language():
    content = ('a,b\n1,"' + "長" * 150_000).encode()
    with pytest.raises(UnreadableFile) as refused, override("zh-hant"):
        list(lines_of(io.BytesIO(content), Form("csv", "utf-8", ","), largest=1))
    assert "field" not in str(refused.value.message) and "引號" in str(refused.value.remedy)
