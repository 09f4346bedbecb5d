"""Sample photos, drawn when asked for: what customers of a shop tend to send."""

import io
import math
import random
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

_SIDE = 1080
Drawing = ImageDraw.ImageDraw


@lru_cache(maxsize=32)
def draw(name: str, width: int = _SIDE) -> bytes:
    """A square JPEG of `width` pixels. Unknown names give the first picture."""
    picture = _DRAWN.get(name, _parcel)()
    if width != _SIDE:
        picture = picture.resize((width, width), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _gradient(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Image.Image:
    strip = Image.new("RGB", (1, _SIDE))
    for y in range(_SIDE):
        share = y / _SIDE
        strip.putpixel((0, y), tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)))
    return strip.resize((_SIDE, _SIDE))


def _shadow(picture: Image.Image, box: tuple[int, int, int, int], strength: int = 90) -> Image.Image:
    layer = Image.new("L", picture.size, 0)
    ImageDraw.Draw(layer).ellipse(box, fill=strength)
    layer = layer.filter(ImageFilter.GaussianBlur(28))
    return Image.composite(Image.new("RGB", picture.size, (20, 16, 12)), picture, layer)


def _table(colour: tuple[int, int, int]) -> Image.Image:
    """A wooden table seen from the front, a wall behind."""
    picture = _gradient((226, 221, 212), (198, 190, 178))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 620, _SIDE, _SIDE), fill=colour)
    grain = random.Random(7)
    for _ in range(140):
        y, x = grain.randrange(630, _SIDE), grain.randrange(-200, _SIDE)
        shade = grain.randrange(-14, 14)
        pen.line((x, y, x + grain.randrange(120, 500), y + grain.randrange(-3, 3)), width=2,
                 fill=tuple(max(0, min(255, part + shade)) for part in colour))  # fmt: skip
    return picture


def _parcel() -> Image.Image:
    picture = _shadow(_table((150, 108, 72)), (190, 760, 900, 900), 130)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(230, 430), (560, 350), (880, 430), (560, 520)], fill=(214, 171, 116))
    pen.polygon([(230, 430), (560, 520), (560, 860), (230, 750)], fill=(190, 145, 92))
    pen.polygon([(560, 520), (880, 430), (880, 750), (560, 860)], fill=(168, 125, 76))
    pen.polygon([(370, 396), (428, 382), (748, 468), (690, 484)], fill=(226, 205, 164))
    pen.polygon([(690, 484), (748, 468), (748, 560), (690, 578)], fill=(205, 182, 140))
    pen.polygon([(262, 500), (500, 566), (500, 726), (262, 656)], fill=(244, 242, 236))
    for row in range(4):
        y = 530 + row * 26
        pen.line((284, y, 430 - row * 30, y + 40 - row * 8), fill=(70, 70, 70), width=7)
    for bar in range(22):
        x = 284 + bar * 9
        pen.line((x, 628 + bar * 2, x, 668 + bar * 2), fill=(30, 30, 30), width=2 + bar % 3 * 2)
    # The dented corner the customer complains about.
    pen.polygon([(800, 690), (880, 640), (880, 750), (790, 782)], fill=(120, 84, 48))
    pen.line((800, 690, 846, 722, 836, 764), fill=(86, 58, 32), width=6)
    pen.line((846, 722, 880, 700), fill=(86, 58, 32), width=5)
    return picture


def _mug() -> Image.Image:
    picture = _shadow(_table((118, 88, 66)), (280, 790, 860, 900), 140)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((660, 500, 860, 740), outline=(52, 116, 128), width=42)
    pen.rectangle((330, 430, 730, 800), fill=(64, 138, 150))
    pen.ellipse((330, 740, 730, 860), fill=(58, 126, 138))
    pen.rectangle((330, 430, 430, 800), fill=(86, 162, 172))
    pen.ellipse((330, 370, 730, 490), fill=(40, 92, 102))
    pen.ellipse((352, 388, 708, 482), fill=(74, 46, 30))
    crack = [(560, 470), (540, 560), (584, 620), (548, 700), (576, 770), (556, 846)]
    pen.line(crack, fill=(18, 44, 50), width=9, joint="curve")
    pen.line([(584, 620), (640, 660), (652, 706)], fill=(18, 44, 50), width=6)
    pen.polygon([(610, 382), (690, 404), (652, 470), (618, 448)], fill=(216, 210, 200))
    for x, y, size in ((800, 880, 26), (860, 850, 16), (756, 920, 14), (240, 900, 18)):
        pen.polygon([(x, y), (x + size, y - size // 2), (x + size * 1.4, y + size // 2)], fill=(72, 150, 162))
    return picture


def _receipt() -> Image.Image:
    picture = _shadow(_table((92, 96, 104)), (300, 900, 860, 1060), 120)
    paper = Image.new("RGBA", (520, 860), (0, 0, 0, 0))
    pen = ImageDraw.Draw(paper)
    pen.rectangle((0, 0, 520, 830), fill=(250, 249, 245, 255))
    for x in range(0, 520, 26):
        pen.polygon([(x, 830), (x + 13, 856), (x + 26, 830)], fill=(250, 249, 245, 255))
    large, small = ImageFont.load_default(40), ImageFont.load_default(28)
    pen.text((260, 60), "DEMO SHOP", font=large, fill=(30, 30, 30, 255), anchor="mm")
    pen.text((260, 108), "Order 1042", font=small, fill=(90, 90, 90, 255), anchor="mm")
    lines = [("Tea mug", "320"), ("Gift box", "80"), ("Oolong 150 g", "460"), ("Delivery", "60")]
    for row, (what, price) in enumerate(lines):
        pen.text((48, 190 + row * 62), what, font=small, fill=(40, 40, 40, 255))
        pen.text((472, 190 + row * 62), price, font=small, fill=(40, 40, 40, 255), anchor="ra")
    pen.line((48, 460, 472, 460), fill=(120, 120, 120, 255), width=3)
    pen.text((48, 490), "TOTAL", font=large, fill=(20, 20, 20, 255))
    pen.text((472, 490), "920", font=large, fill=(20, 20, 20, 255), anchor="ra")
    for bar in range(56):
        if (bar * 7) % 5:
            pen.line((60 + bar * 7.2, 620, 60 + bar * 7.2, 740), fill=(20, 20, 20, 255), width=1 + bar % 4)
    turned = paper.rotate(4, expand=True, resample=Image.Resampling.BICUBIC)
    picture.paste(turned, (260, 90), turned)
    return picture


def _harbour() -> Image.Image:
    picture = _gradient((52, 74, 128), (250, 176, 112))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((640, 430, 800, 590), fill=(255, 232, 176))
    for layer, (base, colour) in enumerate([(560, (120, 98, 128)), (620, (78, 70, 104)), (690, (44, 46, 76))]):
        ridge = [
            (x, base - 70 * math.sin(x / (150 - layer * 30) + layer) - 24 * math.sin(x / 47 + layer * 2))
            for x in range(0, 1100, 12)
        ]
        pen.polygon([(0, _SIDE), *ridge, (_SIDE, _SIDE)], fill=colour)
    sea = _gradient((226, 150, 108), (36, 48, 84)).crop((0, 0, _SIDE, 340))
    picture.paste(sea, (0, 740))
    pen = ImageDraw.Draw(picture)
    waves = random.Random(3)
    for _ in range(170):
        y = waves.randrange(746, _SIDE)
        x, length = waves.randrange(0, _SIDE), waves.randrange(20, 140)
        near = abs(x + length / 2 - 720) < 160
        pen.line((x, y, x + length, y), fill=(255, 214, 158) if near else (70, 76, 112), width=3)
    return picture


_DRAWN: dict[str, Callable[[], Image.Image]] = {
    "parcel": _parcel,
    "mug": _mug,
    "receipt": _receipt,
    "harbour": _harbour,
}
NAMES = tuple(_DRAWN)
