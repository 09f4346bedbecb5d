"""Three stickers: a teapot, a sprout and a heart, with faces."""

import math

from PIL import Image, ImageDraw

from inbox.demo.pictures.canvas import GLAZES, Colour, lighter

_SIDE = 1024


def sticker(variant: int) -> Image.Image:
    picture = Image.new("RGBA", (_SIDE, _SIDE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    (_pot, _sprout, _heart)[variant % 3](pen)
    _face(pen)
    return picture.reduce(2)


def _pot(pen: ImageDraw.ImageDraw) -> None:
    glaze = GLAZES[0]
    for grow, colour in ((26, (255, 255, 255)), (0, glaze)):
        pen.arc((700 - grow, 380 - grow, 960 + grow, 700 + grow), -100, 110, fill=colour, width=48 + grow * 2)
        pen.polygon([(300, 560 + grow), (80 - grow, 380 - grow), (150, 340 - grow), (340, 440 - grow)], fill=colour)
        pen.ellipse((200 - grow, 330 - grow, 820 + grow, 840 + grow), fill=colour)
        knob = colour if grow else lighter(colour, -0.1)
        pen.ellipse((450 - grow, 230 - grow, 570 + grow, 340 + grow), fill=knob)


def _sprout(pen: ImageDraw.ImageDraw) -> None:
    green = lighter(GLAZES[2], 0.25)
    for grow, colour in ((26, (255, 255, 255)), (0, green)):
        pen.ellipse((230 - grow, 330 - grow, 790 + grow, 880 + grow), fill=colour)
        _leaf(pen, (512, 380), (300, 90), 90 + grow, grow, colour)
        _leaf(pen, (512, 380), (760, 150), 76 + grow, grow, colour if grow else lighter(green, 0.2))


def _leaf(
    pen: ImageDraw.ImageDraw, root: tuple[int, int], tip: tuple[int, int], width: float, grow: int, colour: Colour
) -> None:
    """A long oval from root to tip; ``grow`` lengthens it for the white rim."""
    across, down = tip[0] - root[0], tip[1] - root[1]
    length = math.hypot(across, down)
    right, up = across / length, down / length
    edge = []
    for step in range(41):
        turn = step / 40 * 2 * math.pi
        along = (1 - math.cos(turn)) / 2 * (length + 2 * grow) - grow
        aside = math.sin(turn) * width
        edge.append((root[0] + right * along - up * aside, root[1] + up * along + right * aside))
    pen.polygon(edge, fill=colour)


def _heart(pen: ImageDraw.ImageDraw) -> None:
    red = (214, 96, 88)
    for grow, colour in ((26, (255, 255, 255)), (0, red)):
        pen.ellipse((150 - grow, 240 - grow, 540 + grow, 640 + grow), fill=colour)
        pen.ellipse((484 - grow, 240 - grow, 874 + grow, 640 + grow), fill=colour)
        pen.polygon([(176 - grow, 540), (848 + grow, 540), (512, 900 + grow)], fill=colour)


def _face(pen: ImageDraw.ImageDraw) -> None:
    dark = (46, 40, 38)
    for x in (410, 614):
        pen.ellipse((x - 26, 500, x + 26, 560), fill=dark)
        pen.ellipse((x - 12, 506, x + 4, 524), fill=(255, 255, 255))
    for x in (352, 672):
        pen.ellipse((x - 30, 580, x + 30, 614), fill=(238, 150, 140))
    pen.arc((460, 540, 564, 640), 20, 160, fill=dark, width=14)
