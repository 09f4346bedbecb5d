"""Whoever owns the database can take the guards down and write what they like; ``verify_log`` names what they did."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from security.actions import sealing
from security.actions.sealing import seal_operations
from security.encryption.keyring import forget_keys
from security.log.chain import FIELDS, digest_of, leaf, packed, root_of, unpacked
from security.models import DataKey, Operation, Seal
from tests.security.log.tampering import lines, run, without_guards


@pytest.fixture
def ids(db: None, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nine lines under three seals, and nobody to guard them."""
    monkeypatch.setattr(sealing, "LINES_A_SEAL", 3)
    found = lines(9)
    seal_operations()
    assert Seal.objects.count() == 3
    without_guards()
    return found


def said(**options: object) -> str:
    out = StringIO()
    call_command("verify_log", stdout=out, **options)
    return out.getvalue()


def broken(**options: object) -> str:
    with pytest.raises(CommandError) as caught:
        said(**options)
    assert caught.value.returncode == 1
    return str(caught.value)


def test_an_honest_log_holds(ids: list[int]):
    lines(1)
    words = said()
    assert "9 lines hold; 1 are not sealed yet" in words
    assert f"Head: 3:{bytes(Seal.objects.get(number=3).digest).hex()}" in words


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "nothing.happened"),
        ("actor_id", "7"),
        ("actor_kind", "person"),
        ("subject_kind", "inbox.channel"),
        ("subject_id", "0"),
        ("region_id", 99),
        ("about_id", 99),
        ("ip", "10.0.0.9"),
        ("device", "Netscape"),
        ("at", "2001-01-01 00:00:00+00:00"),
        ("details", '{"number": 99}'),
        ("words", b"x"),
    ],
)
def test_a_changed_line_is_named(ids: list[int], column: str, value: object):
    run(f"UPDATE security_operation SET {column} = %s WHERE id = %s", value, ids[4])
    assert f"line {ids[4]} was changed (seal 2)" in broken()


def test_every_column_of_a_line_is_sealed():
    assert {field.column for field in Operation._meta.concrete_fields} == set(FIELDS)


@pytest.mark.parametrize("place", [0, 4, 8])
def test_a_missing_line_is_named(ids: list[int], place: int):
    run("DELETE FROM security_operation WHERE id = %s", ids[place])
    assert f"line {ids[place]} is missing (seal {place // 3 + 1})" in broken()


def test_the_first_of_several_is_named(ids: list[int]):
    run("UPDATE security_operation SET ip = '1' WHERE id IN (%s, %s)", ids[7], ids[5])
    run("DELETE FROM security_operation WHERE id = %s", ids[6])
    assert f"line {ids[5]} was changed" in broken()


def test_an_inserted_line_is_named(ids: list[int]):
    run("DELETE FROM security_operation WHERE id = %s", ids[4])
    seal = Seal.objects.get(number=2)
    seal.leaves = packed(one for one in unpacked(bytes(seal.leaves)) if one[0] != ids[4])
    seal.count, seal.root = 2, root_of(digest for _, digest in unpacked(bytes(seal.leaves)))
    seal.digest = digest_of(seal)
    seal.save()
    _insert(ids[4])
    assert f"line {ids[4]} was inserted after seal 2" in broken()


def test_a_line_before_the_first_one_is_named(ids: list[int]):
    _insert(-5)
    assert "line -5 was inserted before the first one" in broken()


def _insert(pk: int) -> None:
    Operation.objects.create(
        id=pk, at=timezone.now(), actor_kind="person", actor_id="1", action="x.y", subject_kind="a.b", subject_id="1"
    )


def test_making_the_leaf_fit_is_not_enough(ids: list[int]):
    run("UPDATE security_operation SET ip = '10.0.0.9' WHERE id = %s", ids[4])
    row = Operation.objects.values_list(*FIELDS).get(pk=ids[4])
    seal = Seal.objects.get(number=2)
    seal.leaves = packed((pk, leaf(row) if pk == ids[4] else digest) for pk, digest in unpacked(bytes(seal.leaves)))
    seal.save()
    assert "seal 2 was changed" in broken()
    seal.root = root_of(digest for _, digest in unpacked(bytes(seal.leaves)))
    seal.save()
    assert "seal 2 was changed" in broken(), "the digest is keyed: without the key nobody can make it fit"


def test_whoever_has_no_key_cannot_make_seals(ids: list[int]):
    seal = Seal.objects.get(number=3)
    run("UPDATE security_operation SET ip = '10.0.0.9' WHERE id = %s", ids[7])
    rows = Operation.objects.filter(id__gte=seal.first_id, id__lte=seal.last_id).order_by("id").values_list(*FIELDS)
    leaves = [(row[0], leaf(row)) for row in rows]
    seal.leaves, seal.root = packed(leaves), root_of(digest for _, digest in leaves)
    seal.digest = hashlib.sha256(bytes(seal.root) + bytes(seal.previous)).digest()
    seal.save()
    assert "seal 3 was changed" in broken()


def test_a_key_that_was_exchanged_fits_no_seal(ids: list[int]):
    DataKey.objects.filter(shared_slot="house/log").delete()
    forget_keys()
    assert "seal 1 was changed" in broken()


@pytest.mark.parametrize("column", ["first_id", "last_id", "count", "sealed_at"])
def test_a_changed_seal_is_named(ids: list[int], column: str):
    value = "2001-01-01 00:00:00+00:00" if column == "sealed_at" else 77
    run(f"UPDATE security_seal SET {column} = %s WHERE number = 2", value)
    assert "seal 2 " in broken()


@pytest.mark.parametrize("number", [1, 2])
def test_a_missing_seal_is_named(ids: list[int], number: int):
    run("DELETE FROM security_seal WHERE number = %s", number)
    assert f"seal {number} is missing" in broken()


def test_a_cut_off_end_is_found_by_a_head_that_was_noted_elsewhere(ids: list[int]):
    last = Seal.objects.get(number=3)
    noted = f"3:{bytes(last.digest).hex()}"
    assert "9 lines hold" in said(head=noted)
    run("DELETE FROM security_seal WHERE number = 3")
    run("DELETE FROM security_operation WHERE id >= %s", ids[6])
    assert "6 lines hold" in said(), "what is left is in order"
    assert "seal 3 is not the one that was noted" in broken(head=noted)


def test_since_looks_at_the_later_seals_only(ids: list[int]):
    run("UPDATE security_operation SET ip = '1' WHERE id = %s", ids[0])
    assert "line" in broken()
    second = Seal.objects.get(number=2).sealed_at
    assert "6 lines hold" in said(since=second.isoformat())
    assert "0 lines hold" in said(since=(timezone.now() + timedelta(days=1)).isoformat())


def test_a_date_that_is_none_is_refused(ids: list[int]):
    with pytest.raises(CommandError, match="is no date"):
        said(since="yesterday")


def test_progress_is_told_and_memory_bounded(ids: list[int], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("security.management.commands.verify_log._EVERY", 3)
    assert [row.split()[0] for row in said().splitlines()[:3]] == ["3", "6", "9"]
    with connection.execute_wrapper(_no_whole_table):
        assert "9 lines hold" in said()


def _no_whole_table(execute, sql, params, many, context):
    if "FROM" in sql and '"security_operation"' in sql and "COUNT" not in sql:
        assert "LIMIT" in sql or "BETWEEN" in sql or (">=" in sql and "<=" in sql), sql
    return execute(sql, params, many, context)
