"""A report as a CSV file that no spreadsheet runs."""

import csv
import io

from django.utils.translation import gettext_lazy as _

from inbox.keywords.shapes import KeywordReportShape, KeywordShape
from security.log.spreadsheet import harmless

_TOPICS = {
    "shipping": _("shipping and delivery"),
    "returns": _("returns and refunds"),
    "payment": _("payment and invoices"),
    "quality": _("quality and damage"),
    "complaint": _("complaints"),
    "stock": _("stock and sizes"),
    "offers": _("offers and members"),
    "own": _("own words"),
    "other": _("everything else"),
}


def written(report: KeywordReportShape) -> str:
    """All terms of it, the commonest first."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    heading = (
        _("term"), _("topic"), _("conversations"), _("share (%)"), _("usual share (%)"), _("higher by (%)"), _("risen")
    )  # fmt: skip
    sheet.writerow([str(cell) for cell in heading])
    sheet.writerows(map(_cells, report.top))
    return "\ufeff" + out.getvalue()


def _cells(one: KeywordShape) -> list[str]:
    rise = "" if one.rise is None else str(one.rise)
    figures = (str(one.conversations), _percent(one.share), _percent(one.usual), rise, str(int(one.risen)))
    return [harmless(one.text), str(_TOPICS[one.topic]), *figures]


def _percent(share: float) -> str:
    return f"{share * 100:.2f}"
