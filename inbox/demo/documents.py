"""Tiny PDFs: one page, the standard fonts, a handful of lines."""

from random import Random

_TITLES = {
    "invoice": "INVOICE",
    "quote": "QUOTATION",
    "catalogue": "CATALOGUE 2025 / 2026",
    "delivery": "DELIVERY NOTE",
}
_GOODS = (
    ("Mist teapot", 54), ("Dew mug", 16), ("Isle tasting cups, set of 4", 28), ("Moonlight tea caddy", 23),
    ("Walnut tea tray", 47), ("Four Seasons tea bag box", 22), ("Sea Mist vase", 38), ("Alishan oolong, 150 g", 18),
)  # fmt: skip
_GREEN, _GREY, _BLACK = "0.21 0.36 0.31", "0.45 0.45 0.45", "0.1 0.1 0.1"


def draw_document(subject: str, name: str) -> bytes:
    """A PDF of one page about ``subject`` (invoice, quote, catalogue, delivery); ``name`` varies it."""
    rng = Random(name)
    page = [_rectangle(0, 770, 595, 72, _GREEN), _text(48, 796, 24, "Isle & Leaf", colour="1 1 1", bold=True)]
    page += [_text(48, 720, 18, _TITLES[subject], bold=True), _text(48, 700, 10, name, colour=_GREY)]
    total, y = 0, 655
    for goods, price in rng.sample(_GOODS, 4 if subject != "catalogue" else len(_GOODS)):
        quantity = 1 if subject == "catalogue" else rng.choice((1, 2, 6, 12))
        total += price * quantity
        page += [_text(48, y, 11, goods), _text(360, y, 11, f"x {quantity}" if subject != "catalogue" else "")]
        page += [_text(470, y, 11, f"{price * quantity}.00"), _rectangle(48, y - 9, 499, 0.6, "0.85 0.85 0.85")]
        y -= 28
    if subject != "catalogue":
        page += [_text(360, y - 6, 13, "Total", bold=True), _text(470, y - 6, 13, f"{total}.00", bold=True)]
    page.append(_text(48, 60, 9, "Invented document of the Kefu demo world.", colour=_GREY))
    return _pdf("\n".join(page))


def _text(x: float, y: float, size: int, words: str, *, colour: str = _BLACK, bold: bool = False) -> str:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {colour} rg /{'B' if bold else 'R'} {size} Tf {x} {y} Td ({escaped}) Tj ET"


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f"{colour} rg {x} {y} {width} {height} re f"


def _pdf(stream: str) -> bytes:
    body = stream.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
