"""The ending of a file's name must fit its content: a document keeps its name on the customer's phone."""

from inbox.file_errors import FileNameUnfit
from inbox.media_store import sniff
from inbox.whatsapp.limits import kind_of

_TEXT, _PDF = "text", "PDF"
# ending → what it promises: a kind of message, or for documents the family of formats
_PROMISES: dict[str, str] = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "heic", "avif", "ico", "psd"), "image"),
    **dict.fromkeys(("webp",), "sticker"),
    **dict.fromkeys(("mp4", "m4v", "mov", "3gp", "avi", "mkv", "webm"), "video"),
    **dict.fromkeys(("mp3", "m4a", "aac", "amr", "ogg", "oga", "opus", "wav", "flac"), "audio"),
    **dict.fromkeys(("doc", "xls", "ppt", "docx", "xlsx", "pptx"), "Office"),
    **dict.fromkeys(("txt", "csv", "tsv", "log", "md"), _TEXT),
    "pdf": _PDF,
    # What runs when it is opened promises nothing we send.
    **dict.fromkeys(("html", "htm", "xhtml", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "hta", "js"), "page"),
    **dict.fromkeys(("exe", "msi", "bat", "cmd", "com", "scr", "vbs", "ps1", "sh", "jar", "lnk", "apk"), "program"),
}
# An audio file may sit in a video's container, and a sticker is an image.
_ALIKE = ({"video", "audio"}, {"image", "sticker"})


def require_fitting_name(name: str, start: bytes) -> None:
    """Raise ``FileNameUnfit`` when the ending of ``name`` promises something else than the content, which begins with
    ``start``. An ending nobody knows promises nothing; a type WhatsApp refuses is refused elsewhere."""
    ending = name.rpartition(".")[2].strip().lower() if "." in name else ""
    promised, found = _PROMISES.get(ending), _family(start)
    if promised is None or found is None or promised == found or any({promised, found} <= pair for pair in _ALIKE):
        return
    raise FileNameUnfit(field="file")


def _family(start: bytes) -> str | None:
    mime_type = sniff(start) or "text/plain"
    kind = kind_of(mime_type)
    if kind != "document":
        return kind
    return {"text/plain": _TEXT, "application/pdf": _PDF}.get(mime_type, "Office")
