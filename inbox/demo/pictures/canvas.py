"""What every picture is drawn on: a wall, a table, soft shadows, rounded bodies. Twice as large as it is sent."""

from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIDE = 1440
_STEPS = 96
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

WALLS: tuple[tuple[Colour, Colour], ...] = (
    ((238, 232, 222), (214, 204, 190)),
    ((224, 231, 232), (196, 207, 210)),
    ((243, 236, 230), (226, 209, 196)),
    ((228, 230, 220), (200, 206, 190)),
)
TABLES: tuple[Colour, ...] = ((176, 138, 100), (206, 192, 172), (150, 110, 78), (188, 160, 124))
GLAZES: tuple[Colour, ...] = ((126, 156, 172), (228, 217, 194), (62, 98, 84), (190, 108, 78))
_CROPS: tuple[Box, ...] = ((0, 0, 720, 720), (0, 60, 720, 660), (60, 0, 660, 720), (0, 30, 720, 690))


def lighter(colour: Colour, by: float) -> Colour:
    """``by`` from -1 (black) to 1 (white)."""
    goal = 255 if by > 0 else 0
    red, green, blue = (round(part + (goal - part) * abs(by)) for part in colour)
    return red, green, blue


def gradient(size: tuple[int, int], begin: Colour, end: Colour, *, across: bool = False) -> Image.Image:
    """From ``begin`` at the top (or left) to ``end``: a thin strip, enlarged."""
    strip = Image.new("RGB", (_STEPS, 1) if across else (1, _STEPS))
    shares = [step / (_STEPS - 1) for step in range(_STEPS)]
    strip.putdata([_between(begin, end, share) for share in shares])
    return strip.resize(size, Image.Resampling.BILINEAR)


def _between(begin: Colour, end: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(begin, end, strict=True))
    return red, green, blue


class Canvas:
    """A square of ``SIDE`` pixels with pen ``pen``."""

    def __init__(self, variant: int, *, horizon: int = 860) -> None:
        self.picture = gradient((SIDE, SIDE), *WALLS[variant % len(WALLS)])
        self.pen = ImageDraw.Draw(self.picture)
        if horizon < SIDE:
            self._lay_table(TABLES[variant % len(TABLES)], horizon, Random(variant))

    def _lay_table(self, colour: Colour, horizon: int, rng: Random) -> None:
        wood = gradient((SIDE, SIDE - horizon), lighter(colour, -0.12), lighter(colour, 0.12))
        pen = ImageDraw.Draw(wood)
        for _ in range(70):
            y, x = rng.randrange(SIDE - horizon), rng.randrange(-300, SIDE)
            shade = lighter(colour, rng.uniform(-0.12, 0.1))
            pen.line((x, y, x + rng.randrange(200, 800), y + rng.randrange(-4, 4)), fill=shade, width=2)
        self.picture.paste(wood, (0, horizon))

    def shadow(self, box: Box, strength: float = 0.45) -> None:
        """A soft dark ellipse; blurred small and enlarged, which is fifty times faster."""
        left, top, right, bottom = box[0] - 96, box[1] - 96, box[2] + 96, box[3] + 96
        size = (right - left, bottom - top)
        small = Image.new("L", (size[0] // 16, size[1] // 16), 0)
        ImageDraw.Draw(small).ellipse((6, 6, small.width - 7, small.height - 7), fill=round(255 * strength))
        mask = small.filter(ImageFilter.GaussianBlur(2.4)).resize(size, Image.Resampling.BICUBIC)
        self.picture.paste((34, 26, 20), (left, top, right, bottom), mask)

    def body(self, box: Box, colour: Colour, shape: Callable[[ImageDraw.ImageDraw, int, int], None]) -> None:
        """A rounded thing lit from the left: ``shape`` paints its outline white within ``box``'s width and height."""
        left, top, right, bottom = box
        size = (right - left, bottom - top)
        mask = Image.new("L", size, 0)
        shape(ImageDraw.Draw(mask), *size)
        third = size[0] // 3
        skin = Image.new("RGB", size)
        skin.paste(gradient((third, size[1]), lighter(colour, -0.05), lighter(colour, 0.28), across=True), (0, 0))
        rest = (size[0] - third, size[1])
        skin.paste(gradient(rest, lighter(colour, 0.28), lighter(colour, -0.38), across=True), (third, 0))
        self.picture.paste(skin, (left, top), mask)

    def ellipse(self, box: Box, colour: Colour) -> None:
        self.body(box, colour, lambda pen, width, height: pen.ellipse((0, 0, width - 1, height - 1), fill=255))

    def polygon(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        self.pen.polygon(points, fill=colour)

    def finished(self, variant: int) -> Image.Image:
        """At the size in which it is sent; variants are cropped differently."""
        return self.picture.reduce(2).crop(_CROPS[variant % len(_CROPS)])
