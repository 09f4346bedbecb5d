"""Meta's published limits on what may be sent (state 2026-11). Platform facts, not policy: nobody may raise them."""

from typing import Any

TEXT_MAX = 4096
CAPTION_MAX = 1024
EMOJI_MAX = 30  # code points of one emoji, joined families included
# Contact cards: 257 in the documents, 1 to 5 in Meta's own description of the API.
CARDS_MAX, CARD_NAME_MAX, CARD_LINES_MAX = 5, 256, 10
# Interactive messages
HEADER_MAX, FOOTER_MAX = 60, 60
BODY_MAX, LIST_BODY_MAX = 1024, 4096
MEDIA_HEADERS = ("image", "video", "document")
ID_MAX, RETAILER_ID_MAX = 64, 128
BUTTONS = {"most": 3, "id": 256, "title": 20}
LIST = {
    "button": 20, "sections": 10, "section_title": 24,
    "rows": 10, "row_id": 200, "row_title": 24, "row_description": 72,
}  # fmt: skip
LINK = {"label": 20, "url": 2000}
# 30 in one place of the documents, 20 in another.
FLOW: dict[str, Any] = {"label": 20, "name": 200, "token": 256, "version": "3"}
PRODUCTS = {"sections": 10, "most": 30, "section_title": 24}
ORDER: dict[str, Any] = {
    "reference": {"INR": 35, "BRL": 60}, "name": 60, "items": 50, "payments": 10, "description": 120, "offset": 100,
    "types": ("digital-goods", "physical-goods"), "currencies": ("INR", "BRL"),
    "states": ("pending", "processing", "partially_shipped", "partially-shipped", "shipped", "completed", "canceled"),
}  # fmt: skip
TEMPLATE = {
    "name": 512, "language": 10, "body": 1024, "shown": 60, "components": 12, "parameters": 60, "payload": 128,
    "cards_least": 2, "cards": 10, "buttons": 10, "button": 25, "code": 15,
}  # fmt: skip
MEGABYTE = 1024 * 1024
INBOUND_FILE_MAX = 100 * MEGABYTE

# kind → (largest size in bytes, MIME types)
MEDIA: dict[str, tuple[int, frozenset[str]]] = {
    "image": (5 * MEGABYTE, frozenset({"image/jpeg", "image/png"})),
    "sticker": (500 * 1024, frozenset({"image/webp"})),
    "video": (16 * MEGABYTE, frozenset({"video/mp4", "video/3gpp"})),
    "audio": (16 * MEGABYTE, frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"})),
    "document": (
        100 * MEGABYTE,
        frozenset(
            {
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            }
        ),
    ),
}
MEDIA_KINDS = tuple(MEDIA)
STILL_STICKER_MAX = 100 * 1024
# Signatures that the sniffing library names differently from Meta.
_ALIASES = {"audio/x-wav": "audio/wav", "audio/m4a": "audio/mp4", "video/x-m4v": "video/mp4"}


def kind_of(mime_type: str) -> str | None:
    """Which kind of message a file of this type can be sent as; ``None``: WhatsApp does not take it."""
    mime_type = _ALIASES.get(mime_type, mime_type)
    return next((kind for kind, (_, types) in MEDIA.items() if mime_type in types), None)


def largest_of(kind: str, content: bytes) -> int:
    """How many bytes a file of this kind may have; a sticker that does not move has a limit of its own."""
    still = kind == "sticker" and b"ANIM" not in content[:64]
    return STILL_STICKER_MAX if still else MEDIA[kind][0]
