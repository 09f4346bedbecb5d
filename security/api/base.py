"""The base of every API view: it declares what it needs, and hands the view an ``Access``."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import translation
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.views import APIView

from security.access import Access, access_of
from security.api.negotiation import AlwaysJSON
from security.api.parsing import CarefulJSON
from security.errors import NotAllowed, NotSignedIn
from security.factors import factor_at_of
from security.levels import public_name
from security.usage import note_use, write_if_due


@dataclass(frozen=True)
class Public:
    """Open to strangers, with the reason (the boot check and the permission matrix print it)."""

    reason: str


SIGNED_IN = "signed in"
Need = str | Public


class KefuView(APIView):
    """``needs`` maps each method to a permission (``inbox.reply_conversation``), ``SIGNED_IN`` or ``Public``."""

    needs: ClassVar[dict[str, Need]] = {}
    # Methods that are called to draw menus and lists, by nobody's wish: no use of what they need (PM-10).
    uncounted: ClassVar[frozenset[str]] = frozenset()
    permission_classes = ()
    parser_classes: tuple[type[BaseParser], ...] = (CarefulJSON,)
    content_negotiation_class = AlwaysJSON
    metadata_class = None  # OPTIONS is no method of ours
    access: Access

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else str(request.method)
        need = self.needs.get(method)
        if need is None:
            raise MethodNotAllowed(str(request.method))  # not there, or forgotten: open to nobody
        if isinstance(need, Public):
            return
        if not getattr(request.user, "is_authenticated", False):
            raise NotSignedIn
        given = None if request.auth else factor_at_of(request._request)
        self.access = access_of(request.user, key=request.auth, factor_at=given)  # type: ignore[arg-type]
        if "HTTP_ACCEPT_LANGUAGE" not in request.META:
            translation.activate(self.access.language)
        if need == SIGNED_IN:
            return
        allowed = self.access.can(need)
        if method not in self.uncounted:
            note_use(self.access.user_id, need, allowed=allowed)
        write_if_due()
        if not allowed:
            raise NotAllowed(field=public_name(need))  # so that it can be asked for where it was refused (PM-6)
