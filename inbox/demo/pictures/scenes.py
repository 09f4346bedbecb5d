"""What customers photograph at home: a dented parcel, a cracked mug, the shelf where it all ended up."""

from random import Random

from inbox.demo.pictures.canvas import GLAZES, Canvas, lighter
from inbox.demo.pictures.teaware import draw_mug

_CARD = (196, 152, 102)


def parcel_dented(variant: int) -> Canvas:
    canvas = Canvas(variant + 1, horizon=760)
    side = (variant % 3) * 20
    canvas.shadow((220, 1040, 1260, 1240), 0.55)
    canvas.polygon([(300, 560), (740, 450), (1180, 560), (740, 690)], lighter(_CARD, 0.16))
    canvas.polygon([(300, 560), (740, 690), (740, 1160), (300, 1000)], _CARD)
    canvas.polygon([(740, 690), (1180, 560), (1180, 1000), (740, 1160)], lighter(_CARD, -0.14))
    canvas.polygon([(492, 512), (570, 492), (1000, 614), (920, 637)], (228, 212, 178))
    canvas.polygon([(920, 637), (1000, 614), (1000, 740), (920, 764)], (214, 196, 160))
    canvas.polygon([(352, 690), (640, 776), (640, 980), (352, 884)], (246, 244, 238))
    for row in range(4):
        y = 722 + row * 34
        canvas.pen.line((382, y + 6, 560 - row * 34, y + 54 - row * 9), fill=(80, 80, 80), width=8)
    for bar in range(26):
        x = 384 + bar * 9
        canvas.pen.line((x, 868 + bar * 2.6, x, 906 + bar * 2.6), fill=(30, 30, 30), width=2 + bar % 3 * 2)
    dent = [(1040, 930 - side), (1180, 840 - side), (1180, 1000), (1020, 1050)]
    canvas.polygon(dent, lighter(_CARD, -0.42))
    canvas.pen.line((1040, 930 - side, 1100, 980, 1080, 1030), fill=lighter(_CARD, -0.58), width=9)
    canvas.pen.line((1100, 980, 1180, 944), fill=lighter(_CARD, -0.58), width=7)
    return canvas


def cracked(variant: int) -> Canvas:
    glaze = GLAZES[variant % 4]
    canvas = Canvas(variant + 2)
    draw_mug(canvas, glaze)
    dark = lighter(glaze, -0.62)
    rng = Random(variant)
    x, points = 760, []
    for y in range(600, 1100, 56):
        points.append((x, y))
        x += rng.randrange(-46, 46)
    canvas.pen.line(points, fill=dark, width=9, joint="curve")
    branch = points[3]
    canvas.pen.line((branch, (branch[0] + 90, branch[1] + 50), (branch[0] + 110, branch[1] + 120)), fill=dark, width=6)
    canvas.polygon([(810, 498), (930, 540), (880, 640), (830, 600)], lighter(glaze, 0.45))
    for _ in range(5):
        at, low, size = rng.randrange(330, 1150), rng.randrange(1120, 1230), rng.randrange(16, 44)
        shard = [(at, low), (at + size, low - size // 2), (at + size * 1.5, low + size // 2)]
        canvas.polygon(shard, lighter(glaze, 0.1))
    return canvas


def desk(variant: int) -> Canvas:
    """By the window, with a cup, a book and a plant."""
    canvas = Canvas(variant)
    sky = ((196, 220, 232), (250, 222, 190), (214, 226, 214), (178, 196, 222))[variant % 4]
    canvas.pen.rectangle((150, 120, 820, 720), fill=(250, 248, 244))
    canvas.pen.rectangle((180, 150, 790, 690), fill=sky)
    canvas.pen.ellipse((300, 470, 760, 900), fill=lighter(GLAZES[2], 0.35))
    canvas.pen.ellipse((120, 520, 480, 920), fill=lighter(GLAZES[2], 0.22))
    canvas.pen.rectangle((130, 690, 840, 860), fill=(244, 240, 232))
    for x in (475, 485):
        canvas.pen.line((x, 150, x, 690), fill=(250, 248, 244), width=14)
    canvas.pen.line((180, 420, 790, 420), fill=(250, 248, 244), width=20)
    draw_mug(canvas, GLAZES[(variant + 1) % 4], left=760, top=620)
    canvas.shadow((150, 1120, 700, 1230))
    canvas.polygon([(170, 1090), (560, 1050), (680, 1130), (280, 1190)], (240, 232, 216))
    canvas.polygon([(170, 1090), (280, 1190), (280, 1226), (170, 1124)], GLAZES[3])
    canvas.polygon([(280, 1190), (680, 1130), (680, 1166), (280, 1226)], (222, 212, 194))
    canvas.pen.rectangle((250, 760, 400, 900), fill=GLAZES[3])
    for lean in range(-120, 140, 40):
        tip = (325 + lean, 560 + abs(lean))
        canvas.polygon([(316, 766), (334, 766), tip], lighter(GLAZES[2], 0.0 if lean % 80 else 0.18))
    return canvas
