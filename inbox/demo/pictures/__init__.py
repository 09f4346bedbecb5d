"""Photos that customers and the shop send, drawn when the demo world is made: nothing binary is kept in the source."""

import io
from collections.abc import Callable

from PIL import Image

from inbox.demo.pictures.canvas import Canvas
from inbox.demo.pictures.papers import card, label, phone_error, receipt, transfer
from inbox.demo.pictures.scenes import cracked, desk, parcel_dented
from inbox.demo.pictures.stickers import sticker
from inbox.demo.pictures.teaware import cups, gift, kettle, mug, teapot, tin, tray, vase

_DRAWN: dict[str, Callable[[int], Canvas]] = {
    "teapot": teapot,
    "mug": mug,
    "cups": cups,
    "tin": tin,
    "gift": gift,
    "vase": vase,
    "tray": tray,
    "kettle": kettle,
    "parcel_dented": parcel_dented,
    "cracked": cracked,
    "desk": desk,
    "label": label,
    "card": card,
    "transfer": transfer,
    "phone_error": phone_error,
    "receipt": receipt,
}
SUBJECTS = tuple(_DRAWN)


def draw_picture(subject: str, variant: int) -> bytes:
    """A JPEG of about 800 pixels; the four variants of a subject differ in colours, light and crop."""
    picture = _DRAWN[subject](variant).finished(variant)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def draw_sticker(variant: int) -> bytes:
    """A WebP of 512 by 512 with transparency, as WhatsApp wants stickers (Meta: media)."""
    out = io.BytesIO()
    picture: Image.Image = sticker(variant)
    picture.save(out, "WEBP", quality=80)
    return out.getvalue()
