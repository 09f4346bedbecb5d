"""The base of every API view: it declares what it needs, and hands the view an ``Access``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import translation
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from security.access import Access, access_of
from security.account_errors import (
    SessionAddress,
    SessionEndedByAdmin,
    SessionIdle,
    SessionLocked,
    SessionPasswordChanged,
    SessionRevoked,
)
from security.api.authentication import admit_key
from security.api.negotiation import AlwaysJSON
from security.api.parsing import CarefulJSON
from security.errors import NotSignedIn, require
from security.factors import factor_at_of
from security.levels import public_name
from security.limits.table import SIGN_INS, UPLOADS, WRITES, Limit, hold_against, hold_upload
from security.models import ApiKey, User
from security.models.session import ADDRESS, BY_ADMIN, IDLE, LOCKED, PASSWORD, REVOKED
from security.network.allowlist import group_of, require_address
from security.sessions import session_of_request, why_over
from security.signing_in.pending import pending_of
from security.tiers.asking import require_tier
from security.tiers.holding import refusal_without
from security.usage import note_use, write_if_due


@dataclass(frozen=True)
class Public:
    """Open to strangers, with the reason (the boot check and the permission matrix print it)."""

    reason: str


SIGNED_IN = "signed in"
_SAFE = ("GET", "HEAD", "OPTIONS")
# Who was signed in a moment ago is told why they are not any more.
_OVER: dict[str, type[NotSignedIn]] = {
    IDLE: SessionIdle,
    REVOKED: SessionRevoked,
    BY_ADMIN: SessionEndedByAdmin,
    PASSWORD: SessionPasswordChanged,
    LOCKED: SessionLocked,
    ADDRESS: SessionAddress,
}
Need = str | Public


class KefuView(APIView):
    """``needs`` maps each method to a permission (``inbox.reply_conversation``), ``SIGNED_IN`` or ``Public``."""

    needs: ClassVar[dict[str, Need]] = {}
    # Methods that are called to draw menus and lists, by nobody's wish: no use of what they need (PM-10).
    uncounted: ClassVar[frozenset[str]] = frozenset()
    # Methods that whoever is signed in may use also where they are not let in: to leave.
    from_anywhere: ClassVar[frozenset[str]] = frozenset()
    # What a method is limited as, where that is not what ``limit_of`` says of itself.
    limits: ClassVar[Mapping[str, Limit]] = {}
    permission_classes = ()
    parser_classes: tuple[type[BaseParser], ...] = (CarefulJSON,)
    content_negotiation_class = AlwaysJSON
    metadata_class = None  # OPTIONS is no method of ours
    # Whoever does not meet the tier any more may still call it: it is how they come to meet it (SE-4).
    helps_to_comply: ClassVar[bool] = False
    access: Access

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else str(request.method)
        need = self.needs.get(method)
        if need is None:
            raise MethodNotAllowed(str(request.method))  # not there, or forgotten: open to nobody
        if isinstance(need, Public):
            self._hold_stranger(request, method)
            return
        if not getattr(request.user, "is_authenticated", False):
            raise _OVER.get(why_over(request._request), NotSignedIn)
        given = None if request.auth else factor_at_of(request._request)
        row = None if request.auth else session_of_request(request._request)
        self.access = access_of(
            request.user,  # type: ignore[arg-type]
            key=request.auth,  # type: ignore[arg-type]
            factor_at=given,
            session_id=row.pk if row is not None else None,
        )
        if "HTTP_ACCEPT_LANGUAGE" not in request.META:
            translation.activate(self.access.language)
        if method not in self.from_anywhere:
            require_address(group_of(self.access))
        self._hold(request, method, self.access)
        if not self.helps_to_comply:
            require_tier(self.access)
        if need == SIGNED_IN:
            require(method == "GET" or not self.access.key_narrowed)  # one's own settings are not part of a key
            return
        allowed = self.access.can(need)
        if method not in self.uncounted:
            note_use(self.access.user_id, need, allowed=allowed)
        write_if_due()
        if not allowed:
            refusal = refusal_without(self.access, need)
            refusal.field = public_name(need)  # so that it can be asked for where it was refused (PM-6)
            raise refusal

    @classmethod
    def limit_of(cls, method: str) -> Limit | None:
        """What calls of ``method`` are counted as: whatever changes something is, and whatever a stranger may send."""
        if method in cls.limits or method in _SAFE:
            return cls.limits.get(method)
        if any(issubclass(parser, MultiPartParser) for parser in cls.parser_classes):
            return UPLOADS
        return SIGN_INS if isinstance(cls.needs.get(method), Public) else WRITES

    def check_throttles(self, request: Request) -> None:
        """Who it is is known by now: a key has a pace of its own, whatever it calls."""
        if isinstance(request.auth, ApiKey):
            admit_key(request.auth, self.headers)

    def _hold_stranger(self, request: Request, method: str) -> None:
        limit = self.limit_of(method)
        if limit is None:
            return
        on_the_way = pending_of(request._request) if limit.per_step else None
        known = request.user.pk if limit.per_step and isinstance(request.user, User) else None
        hold_against(limit, on_the_way.user.pk if on_the_way else known)

    def _hold(self, request: Request, method: str, access: Access) -> None:
        limit = self.limit_of(method)
        if limit is UPLOADS:
            hold_upload(access.user_id, int(request.META.get("CONTENT_LENGTH") or 0))
        elif limit is not None:
            hold_against(limit, access.user_id)
