"""Papers and screens: receipts, labels, cards, and what customers capture from their phones. Latin letters only, for
those are in the drawing library's own font."""

from random import Random

from PIL import Image, ImageDraw, ImageFont

from inbox.demo.pictures.canvas import GLAZES, SIDE, Canvas, Colour, lighter

_BOUGHT = (("Dew mug", 480), ("Gift box", 80), ("Alishan oolong", 460), ("Delivery", 80))
_WISHES = (("Happy", "Birthday!"), ("With love", "and good tea"), ("Thank", "you!"), ("To your", "new home"))
_INK, _FAINT, _PAPER = (38, 38, 38), (140, 136, 128), (251, 249, 244)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _sheet(canvas: Canvas, size: tuple[int, int], colour: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    paper = Image.new("RGBA", size, (*colour, 255))
    canvas.shadow((SIDE // 2 - size[0] // 2, 300, SIDE // 2 + size[0] // 2 + 40, SIDE // 2 + size[1] // 2 + 60), 0.35)
    return paper, ImageDraw.Draw(paper)


def _lay(canvas: Canvas, paper: Image.Image, turn: float) -> Canvas:
    turned = paper.rotate(turn, expand=True, resample=Image.Resampling.BILINEAR)
    canvas.picture.paste(turned, ((SIDE - turned.width) // 2, (SIDE - turned.height) // 2), turned)
    return canvas


def receipt(variant: int) -> Canvas:
    canvas, turn = Canvas(variant + 1, horizon=0), (3, -4, 2, -2)[variant % 4]
    paper, pen = _sheet(canvas, (640, 1080), _PAPER)
    pen.text((320, 90), "Isle & Leaf", font=_font(62), fill=_INK, anchor="mm")
    pen.text((320, 150), f"Receipt {4821 + variant * 77}", font=_font(34), fill=_FAINT, anchor="mm")
    total = 0
    for row, (goods, price) in enumerate(_BOUGHT):
        pen.text((56, 250 + row * 80), goods, font=_font(40), fill=_INK)
        pen.text((584, 250 + row * 80), str(price + variant * 10), font=_font(40), fill=_INK, anchor="ra")
        total += price + variant * 10
    pen.line((56, 600, 584, 600), fill=_FAINT, width=4)
    pen.text((56, 630), "TOTAL", font=_font(54), fill=_INK)
    pen.text((584, 630), f"{total:,}", font=_font(54), fill=_INK, anchor="ra")
    _bars(pen, 90, 800, 560, 940, seed=variant)
    return _lay(canvas, paper, turn)


def label(variant: int) -> Canvas:
    canvas, turn = Canvas(3, horizon=0), (-2, 4, -5, 1)[variant % 4]
    canvas.pen.rectangle((0, 0, SIDE, SIDE), fill=(192, 150, 102))
    for y in range(0, SIDE, 46):
        canvas.pen.line((0, y, SIDE, y + 10), fill=(186, 144, 96), width=6)
    paper, pen = _sheet(canvas, (960, 720), (252, 252, 250))
    pen.rectangle((20, 20, 940, 700), outline=_INK, width=5)
    pen.text((50, 50), "ISLE & LEAF", font=_font(56), fill=_INK)
    pen.text((910, 54), ("TPE", "LHR", "JFK", "KHH")[variant % 4], font=_font(84), fill=_INK, anchor="ra")
    for row, words in enumerate(("1 x Moonlight caddy", "1 x Dew mug", "Handle with care")):
        pen.text((50, 190 + row * 62), words, font=_font(44), fill=_INK)
    _bars(pen, 50, 430, 910, 620, seed=variant + 9)
    return _lay(canvas, paper, turn)


def card(variant: int) -> Canvas:
    canvas, turn = Canvas(variant, horizon=0), (-6, 5, 3, -3)[variant % 4]
    paper, pen = _sheet(canvas, (900, 640), (250, 244, 232))
    pen.rectangle((36, 36, 864, 604), outline=lighter(GLAZES[3], 0.3), width=4)
    for row, line in enumerate(_WISHES[variant % 4]):
        pen.text((450, 230 + row * 120), line, font=_font(96), fill=lighter(GLAZES[2], -0.1), anchor="mm")
    for x in (110, 790):
        pen.ellipse((x - 26, 480, x + 26, 532), fill=GLAZES[3])
        pen.line((x, 530, x, 590), fill=GLAZES[2], width=8)
    return _lay(canvas, paper, turn)


def transfer(variant: int) -> Canvas:
    """A bank's confirmation as a screenshot."""
    canvas, accent = _screen(((28, 110, 92), (38, 82, 150), (150, 62, 70), (92, 74, 140))[variant % 4])
    pen = canvas.pen
    pen.ellipse((630, 330, 810, 510), fill=accent)
    pen.line((676, 424, 712, 462, 772, 388), fill=(255, 255, 255), width=18, joint="curve")
    pen.text((720, 590), "Transfer complete", font=_font(64), fill=_INK, anchor="mm")
    pen.text((720, 690), f"{(1760, 2480, 920, 3360)[variant % 4]:,}.00", font=_font(104), fill=accent, anchor="mm")
    for row, (name, value) in enumerate((("To", "Isle & Leaf"), ("Account", "ending 0042"), ("Note", "tea order"))):
        pen.text((300, 830 + row * 110), name, font=_font(46), fill=_FAINT)
        pen.text((1140, 830 + row * 110), value, font=_font(46), fill=_INK, anchor="ra")
        pen.line((300, 905 + row * 110, 1140, 905 + row * 110), fill=(230, 228, 224), width=3)
    return canvas


def phone_error(variant: int) -> Canvas:
    """A check-out that did not work, as a screenshot."""
    canvas, _ = _screen((70, 74, 80))
    pen, red = canvas.pen, (196, 66, 58)
    pen.polygon([(720, 340), (850, 560), (590, 560)], fill=red)
    pen.text((720, 484), "!", font=_font(130), fill=(255, 255, 255), anchor="mm")
    said = ("Payment failed", "Verification expired", "Card declined", "Something went wrong")[variant % 4]
    pen.text((720, 660), said, font=_font(70), fill=_INK, anchor="mm")
    pen.text((720, 750), "Please try again in a moment.", font=_font(44), fill=_FAINT, anchor="mm")
    pen.rounded_rectangle((380, 860, 1060, 980), radius=60, fill=red)
    pen.text((720, 920), "Try again", font=_font(54), fill=(255, 255, 255), anchor="mm")
    pen.text((720, 1060), f"Code 3DS-{204 + variant}", font=_font(38), fill=_FAINT, anchor="mm")
    return canvas


def _screen(accent: Colour) -> tuple[Canvas, Colour]:
    canvas = Canvas(1, horizon=SIDE)
    canvas.pen.rectangle((0, 0, SIDE, SIDE), fill=(250, 250, 250))
    canvas.pen.rectangle((0, 0, SIDE, 190), fill=accent)
    canvas.pen.text((90, 60), "9:41", font=_font(56), fill=(255, 255, 255))
    canvas.pen.rounded_rectangle((1250, 66, 1350, 112), radius=12, outline=(255, 255, 255), width=6)
    canvas.pen.rectangle((1260, 76, 1320, 102), fill=(255, 255, 255))
    return canvas, accent


def _bars(pen: ImageDraw.ImageDraw, left: int, top: int, right: int, bottom: int, *, seed: int) -> None:
    rng, x = Random(seed), float(left)
    while x < right:
        width = rng.choice((3, 3, 6, 9))
        pen.rectangle((x, top, x + width, bottom), fill=_INK)
        x += width + rng.choice((4, 6, 9))
