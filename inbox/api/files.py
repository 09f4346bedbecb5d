"""Files: attach one, look at one."""

import re
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox import queries
from inbox.actions.files import keep_upload
from inbox.api.ranges import ranged
from inbox.api.serializers import UploadBody, UploadSerializer
from inbox.file_names import require_fitting_name
from inbox.media_links import require_fresh
from inbox.media_store import SNIFFED, read_file
from inbox.models import Media
from inbox.shapes import UploadShape
from security.api.base import KefuView
from security.api.parsing import CarefulForm
from security.errors import NotFound
from security.log.viewing import viewed

# Only what a browser shows without running anything; everything else is a download.
_INLINE = {
    "image/jpeg", "image/png", "image/webp", "image/gif",
    "video/mp4", "video/3gpp", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr",
}  # fmt: skip
# What WhatsApp calls a file's type is kept as it came; a line break in it must not become a header of ours.
_IN_A_HEADER = re.compile(r"\A[\x20-\x7e]+\Z")


class UploadsView(KefuView):
    """Attach a file for a message to come."""

    needs = {"POST": "inbox.reply_conversation"}
    parser_classes = (CarefulForm,)

    @extend_schema(request={"multipart/form-data": UploadBody}, responses={201: UploadSerializer})
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Attach a file

        Keeps it for a message to come: send that with the `id` as `upload`. The type is read from the content; the
        ending of the name must fit it. With `voice`, a recording (WebM, MP4 or OGG) becomes a voice note.
        With `for_note` it is for an internal note, whosever the conversation is.
        """
        queries.conversation(access=self.access, conversation_id=conversation_id)  # 404 before up to 100 MB are read
        body = UploadBody(data=request.data)
        body.is_valid(raise_exception=True)
        file = body.validated_data["file"]
        voice = body.validated_data["voice"]
        if not voice:
            require_fitting_name(file.name or "", file.read(SNIFFED))
            file.seek(0)
        media = keep_upload(
            by=self.access,
            conversation_id=conversation_id,
            file=file,
            voice=voice,
            for_note=body.validated_data["for_note"],
        )
        shape = UploadShape(
            id=str(media.pk),
            kind=media.kind,
            mime_type=media.mime_type,
            size=media.size or 0,
            name=media.name or "",
            width=media.width,
            height=media.height,
            voice=media.voice,
        )
        return Response(shape, status=201)


_LINK = [OpenApiParameter(name, str, required=True, description="as given in the message") for name in ("until", "key")]


class _File(KefuView):
    def asked_for(self, request: Request, media_id: UUID) -> Media:
        """First whether the reader may see it: to anybody else an old address says no more than a wrong one."""
        media = queries.media_file(access=self.access, media_id=media_id)
        require_fresh(media_id, request.GET.get("until", ""), request.GET.get("key", ""))
        return media


class MediaView(_File):
    """The file itself, for whoever sees its conversation."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(
        parameters=_LINK,
        responses={(200, "*/*"): OpenApiTypes.BINARY, (206, "*/*"): OpenApiTypes.BINARY, 416: None},
    )
    def get(self, request: Request, media_id: UUID) -> HttpResponse:
        """Download a file

        The bytes as they were sent, by the address that a message gives: it ends after a day (410). A `Range` is
        answered with 206, or with 416 when the file ends before it. Only pictures, video and audio come inline.
        """
        media = self.asked_for(request, media_id)
        viewed(self.access, "file.viewed", "inbox.media", media_id)
        return ranged(_served(media, media.file, "original", media.mime_type), request.headers.get("Range"))


class ThumbnailView(_File):
    """A small picture of an image, encoded by us."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(
        parameters=_LINK, responses={(200, kind): OpenApiTypes.BINARY for kind in ("image/jpeg", "image/webp")}
    )
    def get(self, request: Request, media_id: UUID) -> HttpResponse:
        """Show a small picture of an image

        JPEG, or WebP where the image is transparent; 404 for a file that has none.
        """
        media = self.asked_for(request, media_id)
        if not media.thumbnail:
            raise NotFound
        return _served(media, media.thumbnail, "thumbnail", "")


def _served(media: Media, name: str, part: str, mime_type: str) -> HttpResponse:
    """Bytes with headers that let no browser run them: a foreign file must never act in our origin."""
    try:
        content = read_file(media, name, part=part)
    except FileNotFoundError:
        raise NotFound from None
    if part == "thumbnail":
        mime_type = "image/webp" if content[:4] == b"RIFF" else "image/jpeg"
    inline = mime_type.split(";")[0] in _INLINE and _IN_A_HEADER.match(mime_type)
    response = HttpResponse(content, content_type=mime_type if inline else "application/octet-stream")
    file_name = quote(media.name or f"{media.kind}-{media.pk}", safe="")
    response["Content-Disposition"] = f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{file_name}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
