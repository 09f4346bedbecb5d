"""Files of imports, and bringing them."""

import io
from collections.abc import Sequence

import openpyxl

from contacts.actions.import_running import carry_on_import
from contacts.actions.imports import run_import, set_up_import, upload_import
from contacts.models import Import
from security.access import Access
from security.models import Region

WHY = "the test"
CHINESE = "姓名,手機,會員編號,標籤,同意行銷,同意依據\r\n"


def bring(by: Access, region: Region, content: bytes, *, subject: str = "contacts") -> Import:
    return upload_import(
        by=by,
        region_id=region.pk,
        subject=subject,
        name="people.csv",
        file=io.BytesIO(content),
        size=len(content),
    )


def taken_in(by: Access, region: Region, content: bytes, *, subject: str = "contacts", **settings: object) -> Import:
    """Brought, set up and run to its end."""
    row = bring(by, region, content, subject=subject)
    set_up_import(by=by, import_id=row.pk, settings={"country": "TW", "currency": "TWD", **settings})
    run_import(by=by, import_id=row.pk)
    carry_on_import(row.pk)
    return fresh(row)


def fresh(row: Import) -> Import:
    found: Import = Import.objects.for_system(WHY).select_related("region").get(pk=row.pk)
    return found


def workbook(lines: Sequence[Sequence[object]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(list(line))  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()
