"""The shop's goods."""

import math

from PIL import ImageDraw

from inbox.demo.pictures.canvas import GLAZES, Canvas, Colour, lighter

Pen = ImageDraw.ImageDraw
_TEA = (150, 88, 40)
_WOOD = (122, 84, 56)


def teapot(variant: int) -> Canvas:
    glaze = GLAZES[variant % 4]
    canvas = Canvas(variant)
    canvas.shadow((330, 1020, 1180, 1160))
    canvas.pen.arc((880, 630, 1200, 980), -140, 125, fill=lighter(glaze, -0.3), width=44)
    canvas.polygon([(470, 800), (250, 640), (216, 560), (262, 540), (330, 640), (520, 700)], lighter(glaze, -0.08))
    canvas.ellipse((400, 590, 1080, 1100), glaze)
    canvas.ellipse((560, 560, 920, 690), lighter(glaze, 0.1))
    canvas.pen.ellipse((560, 560, 920, 690), outline=lighter(glaze, -0.25), width=4)
    canvas.ellipse((690, 490, 790, 580), lighter(glaze, -0.12))
    _gleam(canvas, (500, 680, 580, 860))
    return canvas


def mug(variant: int) -> Canvas:
    canvas = Canvas(variant)
    draw_mug(canvas, GLAZES[variant % 4])
    return canvas


def draw_mug(canvas: Canvas, glaze: Colour, *, left: int = 460, top: int = 540) -> None:
    """A mug of 520 by 560 with tea in it; also part of other pictures."""
    canvas.shadow((left - 50, top + 460, left + 700, top + 610))
    canvas.pen.ellipse((left + 410, top + 130, left + 680, top + 430), outline=lighter(glaze, -0.25), width=52)
    canvas.body((left, top, left + 520, top + 560), glaze, _mug_shape)
    canvas.pen.ellipse((left, top - 60, left + 520, top + 60), fill=lighter(glaze, -0.2))
    canvas.pen.ellipse((left + 18, top - 46, left + 502, top + 56), fill=_TEA)
    canvas.pen.ellipse((left + 60, top - 24, left + 300, top + 30), fill=lighter(_TEA, 0.12))
    _gleam(canvas, (left + 60, top + 120, left + 120, top + 430))


def _mug_shape(pen: Pen, width: int, height: int) -> None:
    pen.rounded_rectangle((0, -80, width - 1, height - 1), radius=90, fill=255)


def _bowl_shape(pen: Pen, width: int, height: int) -> None:
    pen.pieslice((0, -height, width - 1, height - 1), 0, 180, fill=255)


def _can_shape(pen: Pen, width: int, height: int) -> None:
    pen.rounded_rectangle((0, 0, width - 1, height - 1), radius=50, fill=255)


def _cone_shape(pen: Pen, width: int, height: int) -> None:
    pen.polygon([(90, 0), (width - 90, 0), (width - 1, height - 1), (0, height - 1)], fill=255)


def cups(variant: int) -> Canvas:
    canvas = Canvas(variant)
    canvas.shadow((180, 1050, 1270, 1230), 0.5)
    canvas.pen.rounded_rectangle((200, 1010, 1240, 1120), radius=34, fill=_WOOD)
    canvas.pen.rounded_rectangle((200, 1010, 1240, 1060), radius=30, fill=lighter(_WOOD, 0.18))
    for number, left in enumerate((260, 590, 920)):
        glaze = GLAZES[(variant + number) % 4]
        canvas.body((left, 800, left + 260, 1030), glaze, _bowl_shape)
        canvas.pen.rectangle((left + 90, 1020, left + 170, 1036), fill=lighter(glaze, -0.3))
        canvas.pen.ellipse((left, 766, left + 260, 834), fill=lighter(glaze, -0.15))
        canvas.pen.ellipse((left + 12, 776, left + 248, 830), fill=_TEA)
    return canvas


def tin(variant: int) -> Canvas:
    glaze = GLAZES[(variant + 2) % 4]
    canvas = Canvas(variant)
    canvas.shadow((430, 1060, 1050, 1190))
    canvas.body((480, 500, 960, 1130), glaze, _can_shape)
    canvas.body((464, 420, 976, 600), lighter(glaze, -0.15), _can_shape)
    canvas.pen.ellipse((464, 400, 976, 500), fill=lighter(glaze, 0.12))
    canvas.pen.rounded_rectangle((560, 700, 880, 990), radius=16, fill=(247, 243, 234))
    _leaf(canvas, 720, 830, 90, lighter(GLAZES[2], 0.1))
    canvas.pen.line((620, 930, 820, 930), fill=(120, 110, 96), width=6)
    canvas.pen.line((660, 952, 780, 952), fill=(170, 160, 146), width=5)
    return canvas


def gift(variant: int) -> Canvas:
    paper, ribbon = ((238, 230, 214), GLAZES[2]) if variant % 2 else (GLAZES[2], (226, 206, 158))
    canvas = Canvas(variant)
    canvas.shadow((240, 1040, 1230, 1220), 0.5)
    canvas.polygon([(280, 640), (720, 540), (1180, 640), (740, 760)], lighter(paper, 0.18))
    canvas.polygon([(280, 640), (740, 760), (740, 1160), (280, 1010)], paper)
    canvas.polygon([(740, 760), (1180, 640), (1180, 1010), (740, 1160)], lighter(paper, -0.14))
    canvas.polygon([(470, 690), (560, 713), (560, 1101), (470, 1072)], ribbon)
    canvas.polygon([(920, 711), (1000, 689), (1000, 1071), (920, 1098)], lighter(ribbon, -0.15))
    canvas.polygon([(470, 690), (880, 578), (960, 594), (560, 713)], lighter(ribbon, 0.1))
    for turn in (-1, 1):
        canvas.pen.ellipse((720 + turn * 130 - 110, 520, 720 + turn * 130 + 110, 660), outline=ribbon, width=34)
    canvas.pen.ellipse((680, 560, 770, 640), fill=lighter(ribbon, -0.12))
    return canvas


def vase(variant: int) -> Canvas:
    glaze = GLAZES[variant % 4]
    canvas = Canvas(variant)
    canvas.shadow((500, 1070, 1010, 1190))
    for lean, height in ((-190, 130), (-60, 60), (90, 110), (200, 190)):
        canvas.pen.line((720, 640, 720 + lean, height + 90), fill=(104, 78, 54), width=11)
        for step in range(5):
            share = 0.35 + step * 0.15
            x, y = 720 + lean * share, 640 + (height + 90 - 640) * share
            _leaf(canvas, x + (34 if step % 2 else -34), y, 44, lighter(GLAZES[2], 0.06 * step))
    canvas.body((520, 620, 920, 1130), glaze, _vase_shape)
    _gleam(canvas, (580, 800, 630, 980))
    return canvas


def _vase_shape(pen: Pen, width: int, height: int) -> None:
    middle = width / 2
    heights = [step / 40 for step in range(41)]
    side = [(0.32 - 0.1 * math.sin(t * 3.1) + 0.2 * math.sin(t * 3.1 - 0.9) ** 2 + 0.1 * t, t) for t in heights]
    right = [(middle + share * width * 0.95, t * (height - 1)) for share, t in side]
    left = [(middle - share * width * 0.95, t * (height - 1)) for share, t in reversed(side)]
    pen.polygon(right + left, fill=255)


def tray(variant: int) -> Canvas:
    canvas = Canvas(variant, horizon=0)
    wood = lighter(_WOOD, 0.05 * variant)
    canvas.shadow((180, 420, 1290, 1120), 0.55)
    canvas.pen.rounded_rectangle((200, 400, 1240, 1040), radius=120, fill=lighter(wood, -0.2))
    canvas.pen.rounded_rectangle((236, 436, 1204, 1004), radius=96, fill=wood)
    for row in range(9):
        canvas.pen.line((290, 480 + row * 58, 1150, 484 + row * 58), fill=lighter(wood, -0.08), width=4)
    for x, y, size in ((480, 620, 150), (780, 800, 150), (980, 600, 190)):
        glaze = GLAZES[(variant + x) % 4]
        canvas.pen.ellipse((x - size + 16, y - size + 30, x + size + 16, y + size + 30), fill=lighter(wood, -0.35))
        canvas.ellipse((x - size, y - size, x + size, y + size), glaze)
        canvas.pen.ellipse((x - size + 26, y - size + 26, x + size - 26, y + size - 26), fill=_TEA)
        canvas.pen.ellipse((x - size // 2, y - size // 2, x, y), fill=lighter(_TEA, 0.18))
    return canvas


def kettle(variant: int) -> Canvas:
    steel = ((58, 62, 66), (214, 214, 210), (92, 104, 98), (150, 96, 70))[variant % 4]
    canvas = Canvas(variant)
    canvas.shadow((380, 1060, 1140, 1190))
    canvas.pen.arc((790, 520, 1150, 990), -140, 110, fill=lighter(steel, -0.35), width=46)
    curve = [(500 - 250 * math.sin(t) * (1 - t / 6), 1010 - 170 * t) for t in [i / 8 for i in range(23)]]
    canvas.pen.line(curve, fill=lighter(steel, -0.1), width=40, joint="curve")
    canvas.body((450, 600, 1010, 1120), steel, _cone_shape)
    canvas.ellipse((540, 560, 920, 650), lighter(steel, 0.12))
    canvas.ellipse((690, 490, 770, 570), (60, 46, 36))
    _gleam(canvas, (580, 700, 620, 1000))
    return canvas


def _gleam(canvas: Canvas, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    middle = canvas.picture.getpixel((left, (top + bottom) // 2))
    assert isinstance(middle, tuple)
    canvas.pen.rounded_rectangle(box, radius=(right - left) // 2, fill=lighter((middle[0], middle[1], middle[2]), 0.22))


def _leaf(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    edge = [(x - size, y), (x - size * 0.2, y - size * 0.5), (x + size, y - size * 0.1), (x, y + size * 0.4)]
    canvas.polygon(edge, colour)
    canvas.pen.line((x - size, y, x + size * 0.8, y - size * 0.06), fill=lighter(colour, -0.25), width=4)
