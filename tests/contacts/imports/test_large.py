"""A large file with errors, in bounded memory. ``KEFU_IMPORT_LINES=200000`` makes it as large as the issue asks; with
``-s`` it says how long it took and how much memory it needed (``docs/imports.md``)."""

import io
import os
import resource
import time
from collections.abc import Iterator
from typing import IO
from typing import cast as cast_to

import pytest

from contacts.actions.import_running import carry_on_import
from contacts.actions.imports import run_import, set_up_import, undo_import, upload_import
from contacts.models import Contact, ImportProblem
from tests.conftest import Cast
from tests.contacts.imports.files import WHY, fresh

LINES = int(os.environ.get("KEFU_IMPORT_LINES", "1200"))
_WRONG_EACH = 50
_GROWTH_MB = 300


class _Written(io.RawIOBase):
    """A file that is never whole in memory, so that only the import's own need is measured."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._kept = lines, b""

    def read(self, size: int = -1) -> bytes:
        while len(self._kept) < size and (line := next(self._lines, None)) is not None:
            self._kept += line
        found, self._kept = self._kept[:size], self._kept[size:]
        return found


def _lines() -> Iterator[bytes]:
    yield "姓名,手機,會員編號,語言\r\n".encode("cp950")
    for n in range(LINES):
        phone = "12" if n % _WRONG_EACH == 0 else f"09{n:08d}"
        yield f"客戶{n},{phone},M{n},zh-TW\r\n".encode("cp950")


@pytest.mark.timeout(7200 if LINES > 5000 else 120)
def test_a_large_file_with_errors_is_taken_in_bounded_memory_and_undone(cast: Cast):
    who = cast.access("dee")
    row = upload_import(
        by=who,
        region_id=cast.asia.pk,
        subject="contacts",
        name="large.csv",
        file=cast_to(IO[bytes], _Written(_lines())),
        size=LINES * 40,
    )
    set_up_import(by=who, import_id=row.pk, settings={"country": "TW"})
    run_import(by=who, import_id=row.pk)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert carry_on_import(row.pk)
    took = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    wrong = -(-LINES // _WRONG_EACH)
    assert fresh(row).counts == {"created": LINES - wrong, "refused": wrong}
    assert Contact.objects.for_system(WHY).count() == LINES - wrong
    assert ImportProblem.objects.for_system(WHY).filter(of=row).count() == wrong
    print(f"{LINES} lines in {took:.1f} s of the processor ({LINES / took:.0f}/s), {grown:.0f} MB more")
    assert grown < _GROWTH_MB
    undo_import(by=who, import_id=row.pk)
    began = time.process_time()
    assert carry_on_import(row.pk)
    print(f"undone in {time.process_time() - began:.1f} s of the processor")
    assert fresh(row).undo_counts == {"removed": LINES - wrong}
    assert not Contact.objects.for_system(WHY).filter(gone="").exists()
