"""A file of contacts or orders is taken in line by line, in whatever encoding, and undone again."""

from typing import Any

import pytest
from django.utils import timezone

from contacts.actions import import_running, import_taking
from contacts.actions.edit import edit_contact
from contacts.actions.import_running import carry_on_import
from contacts.actions.imports import cancel_import, check_import, run_import, set_up_import, undo_import
from contacts.imports.problem_file import pieces
from contacts.imports.queries import draft_shape
from contacts.models import (
    ConsentEntry,
    Contact,
    ContactTag,
    ExternalId,
    FieldDefinition,
    FieldValue,
    Identity,
    Import,
    ImportPolicy,
    ImportProblem,
    ImportTrace,
    Order,
    OrderItem,
)
from security.errors import Invalid, NotFound
from security.policy import Policy
from tests.conftest import Cast
from tests.contacts.imports.files import CHINESE, WHY, bring, fresh, taken_in, workbook

LINES = (
    "王小美,0912 345 678,A1,VIP、常客,是,表單 17\r\n"
    "李大同,12,A2,,,\r\n"
    "陳,,A3,,是,\r\n"
    "=cmd,0922333444,,,否,\r\n"
)  # fmt: skip


def people() -> list[Contact]:
    return list(Contact.objects.for_system(WHY).filter(gone="").order_by("id"))


def problems(row: Import, phase: str = "run") -> list[tuple[int, str, str]]:
    rows = ImportProblem.objects.for_system(WHY).filter(of=row, phase=phase).order_by("line")
    return [(one.line, one.field, one.code) for one in rows]


def count(model: Any) -> int:
    found: int = model.objects.for_system(WHY).count()
    return found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp950", "utf-16", "gb18030"])
def test_good_lines_are_taken_and_the_others_say_why(cast: Cast, encoding: str):
    who = cast.access("dee")
    row = taken_in(who, cast.asia, (CHINESE + LINES).encode(encoding))
    assert (row.state, row.total) == ("done", 4)
    assert row.counts == {"created": 2, "refused": 2, "consents": 2}
    assert [(one.profile.get("name"), one.marketing_stopped_at is None) for one in people()] == [
        ("王小美", True),
        ("=cmd", False),
    ]
    assert [one.value for one in Identity.objects.for_system(WHY).order_by("id")] == ["886912345678", "886922333444"]
    assert sorted(one.tag.name for one in ContactTag.objects.for_system(WHY).select_related("tag")) == ["VIP", "常客"]
    assert problems(row) == [(3, "phone", "number_invalid"), (4, "consent", "required")]
    written = b"".join(pieces(row, phase="run")).decode("utf-8-sig").splitlines()
    assert written[1].startswith("李大同,12,A2,,,,3,手機,")
    assert not row.raw and not row.lines  # the file is gone, what is kept of it is sealed


def test_what_is_tried_first_keeps_nothing_and_says_the_same(cast: Cast):
    who = cast.access("dee")
    row = bring(who, cast.asia, (CHINESE + LINES).encode())
    shape = draft_shape(row)
    assert [one.meaning for one in shape.columns] == [
        "name", "phone", "external_id", "tags", "consent", "consent_proof",
    ]  # fmt: skip
    set_up_import(by=who, import_id=row.pk, settings={"country": "TW"})
    shape = draft_shape(fresh(row))
    assert shape.preview[0].becomes["phone"] == "+886912345678" and shape.preview[1].problems[0].field == "phone"
    check_import(by=who, import_id=row.pk)
    assert carry_on_import(row.pk) and not carry_on_import(row.pk)
    row = fresh(row)
    assert (row.state, row.checked) == ("draft", {"created": 2, "refused": 2, "consents": 2})
    assert people() == [] and len(problems(row, "check")) == 2
    run_import(by=who, import_id=row.pk)
    assert carry_on_import(row.pk) and len(people()) == 2
    again = bring(who, cast.asia, (CHINESE + LINES).encode())  # what was said of such a file is remembered
    assert draft_shape(again).remembered and draft_shape(again).settings.country == "TW"


def test_whoever_is_killed_is_followed_by_somebody_who_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    ImportPolicy.objects.create(pk=1, batch=10)
    Policy.forget()
    who = cast.access("dee")
    content = "phone,name\n" + "".join(f"+8869123456{n:02},P{n}\n" for n in range(35))
    row = bring(who, cast.asia, content.encode())
    run_import(by=who, import_id=row.pk)
    real, calls = import_taking.take_contacts, []

    def dying(*args: Any) -> Any:
        done = real(*args)
        calls.append(done)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(import_running, "take_contacts", dying)
    with pytest.raises(KeyboardInterrupt):
        carry_on_import(row.pk)
    row = fresh(row)
    assert (row.position, len(people())) == (20, 20) and row.state == "running"
    assert not carry_on_import(row.pk)  # somebody might still be at it
    Import.objects.for_system(WHY).update(lease=timezone.now())
    assert import_running.carry_on_imports() == 1
    row = fresh(row)
    assert (row.counts, len(people())) == ({"created": 35}, 35) and count(ImportTrace) == 35


def test_an_import_is_undone_but_for_what_somebody_changed_since(cast: Cast):
    who = cast.access("dee")
    FieldDefinition.objects.create(region=cast.asia, key="size", label="尺寸", type="text", created_at=timezone.now())
    old = taken_in(who, cast.asia, b"phone,name\n+886911111111,Old\n")
    lines = ("+886911111111,New,A1,L,VIP", "+886922222222,Two,A2,M,VIP", "+886933333333,Three,,,")
    content = "\n".join(("phone,name,id,尺寸,tags", *lines))
    row = taken_in(who, cast.asia, content.encode(), overwrite=True)
    assert row.counts == {"created": 2, "updated": 1} and count(FieldValue) == 2 and count(ExternalId) == 2
    three = next(one for one in people() if one.profile["name"] == "Three")
    edit_contact(by=cast.access("ben"), contact_id=three.pk, name="Drei")
    undo_import(by=who, import_id=row.pk)
    assert carry_on_import(row.pk) and not carry_on_import(row.pk)
    row = fresh(row)
    assert row.state == "undone" and row.undo_counts == {"kept": 1, "removed": 5, "restored": 1}
    assert [one.profile["name"] for one in people()] == ["Old", "Drei"]
    assert problems(row, "undo") == [(4, "contact", "contact_kept")]
    assert (count(FieldValue), count(ExternalId), count(ContactTag), count(Identity)) == (0, 0, 0, 2)
    undo_import(by=who, import_id=old.pk)  # what it made is as it left it, again
    assert carry_on_import(old.pk) and [one.profile["name"] for one in people()] == ["Drei"]


def test_orders_of_several_lines_from_a_workbook(cast: Cast):
    who = cast.access("dee")
    head = ["訂單編號", "下單日期", "訂單狀態", "總金額", "手機", "姓名", "商品名稱", "數量", "單價"]
    lines: list[list[object]] = [
        ["S-1", "2026/11/01 下午 3:05", "已付款", "NT$1,290", 912345678, "王小美", "帽子", 1, 290],
        ["S-1", "", "", "", "", "", "外套", 2, 500],
        ["S-2", "昨天", "已付款", 100, "0912345678", "王小美", "帽子", 1, 100],
        ["S-3", "115/10/31", "飛走了", 5, "0912345678", "", "", "", ""],
    ]
    row = taken_in(who, cast.asia, workbook([head, *lines]), subject="orders")
    assert row.counts == {"lines": 4, "created": 1, "refused": 2}
    (order,) = Order.objects.for_system(WHY)
    assert (order.number, order.state, order.total_minor, order.placed_at.hour) == ("S-1", "paid", 129000, 7)
    assert [(one.name, one.quantity) for one in OrderItem.objects.for_system(WHY)] == [("帽子", 1), ("外套", 2)]
    assert problems(row) == [(4, "placed_at", "invalid"), (5, "order_state", "invalid")]
    more: list[list[object]] = [[*head], ["S-1", "2026/11/01 下午 3:05", "已退款", 1290, "0912345678", "", "", "", ""]]
    later = taken_in(who, cast.asia, workbook(more), subject="orders")
    assert later.counts == {"lines": 1, "updated": 1}
    for one, states in ((later, ["paid"]), (row, [])):
        undo_import(by=who, import_id=one.pk)
        assert carry_on_import(one.pk)
        assert [kept.state for kept in Order.objects.for_system(WHY)] == states
    assert people() == []


def test_a_cancelled_one_keeps_what_it_took_and_nobody_else_sees_it(cast: Cast):
    who = cast.access("dee")
    row = bring(who, cast.asia, b"phone\n+886912345678\n")
    run_import(by=who, import_id=row.pk)
    cancel_import(by=who, import_id=row.pk)
    assert not carry_on_import(row.pk) and fresh(row).state == "cancelled" and people() == []
    for name in ("ben", "cho"):
        with pytest.raises(NotFound):
            cancel_import(by=cast.access(name), import_id=row.pk)
    other = bring(who, cast.asia, b"phone\n+886912345678\n")
    with pytest.raises(Invalid):
        set_up_import(by=who, import_id=other.pk, mapping={"7": "phone"})


def test_a_look_shows_no_stand_ins_and_the_money_an_amount_names(cast: Cast):
    content = "訂單編號,電話,狀態,總金額,下單時間\n"
    content += 'S-1,+886912345678,已付款,"HK$1,234.50",2026/11/28\nS-2,+886912345678,亂寫,abc,\n'
    row = bring(cast.access("ana"), cast.asia, content.encode(), subject="orders")
    good, odd = draft_shape(fresh(row)).preview
    assert (good.becomes["currency"], good.becomes["total_minor"], good.problems) == ("HKD", "123450", [])
    assert not {"order_state", "total_minor", "placed_at"} & set(odd.becomes)
    assert {one.field for one in odd.problems} == {"order_state", "total", "placed_at"}


def test_undoing_a_file_takes_nothing_back_that_was_agreed_to_before(cast: Cast):
    who = cast.access("dee")
    lines = "手機,同意行銷,同意依據,同意時間\r\n0912345678,是,表單 7,2026-01-05\r\n".encode()
    first = taken_in(who, cast.asia, lines)
    assert first.counts == {"created": 1, "consents": 1}
    again = taken_in(who, cast.asia, lines.replace(b"2026-01-05", b"2026-02-05"))
    undo_import(by=who, import_id=again.pk)
    assert carry_on_import(again.pk)
    (stays,) = people()
    assert fresh(again).undo_counts == {"kept": 1} and (stays.marketing_stopped_at, count(ConsentEntry)) == (None, 2)


def test_whoever_only_came_with_a_consent_is_gone_with_it(cast: Cast):
    who = cast.access("dee")
    row = taken_in(who, cast.asia, "手機,同意行銷,同意依據\r\n0912345678,是,表單 7\r\n".encode())
    undo_import(by=who, import_id=row.pk)
    assert carry_on_import(row.pk) and people() == []
    assert fresh(row).undo_counts == {"removed": 2} and problems(row, "undo") == []


def test_an_import_that_only_put_on_tags_is_undone_too(cast: Cast):
    who = cast.access("dee")
    taken_in(who, cast.asia, b"phone\n+886911111111\n")
    row = taken_in(who, cast.asia, b"phone,tags\n+886911111111,VIP\n")
    assert row.counts == {"unchanged": 1} and count(ContactTag) == 1
    undo_import(by=who, import_id=row.pk)
    assert carry_on_import(row.pk) and count(ContactTag) == 0 and len(people()) == 1


def test_one_that_stands_there_in_several_batches_is_undone_as_a_whole(cast: Cast):
    who = cast.access("dee")
    ImportPolicy.objects.create(pk=1, batch=10)
    taken_in(who, cast.asia, b"phone,name\n+886911111111,Old\n")
    filler = "".join(f"+88692000{place:04d},Filler\n" for place in range(9))
    row = taken_in(
        who, cast.asia, f"phone,name\n+886911111111,New\n{filler}+886911111111,Newer\n".encode(), overwrite=True
    )
    undo_import(by=who, import_id=row.pk)
    assert carry_on_import(row.pk) and fresh(row).undo_counts == {"restored": 2, "removed": 9}
    assert [one.profile["name"] for one in people()] == ["Old"]
