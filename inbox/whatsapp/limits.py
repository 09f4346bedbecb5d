"""Meta's published limits on what may be sent (state 2026-11). Platform facts, not policy: nobody may raise them."""

TEXT_MAX = 4096
CAPTION_MAX = 1024
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
# Signatures that the sniffing library names differently from Meta.
_ALIASES = {"audio/x-wav": "audio/wav", "audio/m4a": "audio/mp4", "video/x-m4v": "video/mp4"}


def kind_of(mime_type: str) -> str | None:
    """Which kind of message a file of this type can be sent as; ``None``: WhatsApp does not take it."""
    mime_type = _ALIASES.get(mime_type, mime_type)
    return next((kind for kind, (_, types) in MEDIA.items() if mime_type in types), None)
