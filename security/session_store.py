"""Django's session engine (``SESSION_ENGINE``): one row per browser that also says who, from where, and since when.

A session counts as long as its row runs: ended, expired or idle too long, it is as if it had never been (SE-7), for
requests and sockets alike, and whatever the browser does. It is one row and one read, so the two cannot disagree.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from security.models import BrowserSession
from security.models.session import SIGNED_OUT, digest_of_key
from security.origin import current_origin


class SessionStore(SessionBase):
    """``row``: what ``load`` found running. ``over``: why it found nothing, where there had been something."""

    row: BrowserSession | None = None
    over: str = ""

    def load(self) -> dict[str, Any]:
        found = BrowserSession.objects.filter(digest=self._digest).first() if self.session_key else None
        self.over = found.over(timezone.now()) if found is not None else ""
        if found is None or self.over:
            self._session_key = None
            return {}
        self.row = found
        data: dict[str, Any] = self.decode(found.data)
        return data

    def exists(self, session_key: str) -> bool:
        return BrowserSession.objects.filter(digest=digest_of_key(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  (Django's own signature)
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        written = {"data": self.encode(data), "expires_at": self.get_expiry_date(), "user_id": data.get(SESSION_KEY)}
        if must_create:
            self._insert(written)
        elif not BrowserSession.objects.filter(digest=self._digest, ended_at=None).update(**written):
            raise UpdateError  # it ended meanwhile, and must not come back

    def cycle_key(self) -> None:
        """A new key for the same session: what a planted or overheard one was worth is gone (session fixation)."""
        data, old = self._session, self.session_key  # type: ignore[attr-defined]
        if old is None:
            self.create()
        else:
            before = self._digest
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            if not BrowserSession.objects.filter(digest=before, ended_at=None).update(digest=self._digest):
                raise UpdateError
            self.modified = True
        self._session_cache = data

    def delete(self, session_key: str | None = None) -> None:
        """Nobody's session is deleted, somebody's is ended: it is asked later where and when it was."""
        key = session_key or self.session_key
        if key is None:
            return
        rows = BrowserSession.objects.filter(digest=digest_of_key(key))
        rows.filter(user=None).delete()
        rows.filter(ended_at=None).update(ended_at=timezone.now(), ended_why=SIGNED_OUT, data="")

    @classmethod
    def clear_expired(cls) -> None:
        """See ``actions.session_ends.forget_sessions``, which also knows how long ended ones are kept."""

    @property
    def _digest(self) -> bytes:
        return digest_of_key(self.session_key or "")

    def _insert(self, written: dict[str, Any]) -> None:
        origin = current_origin()
        try:
            with transaction.atomic():
                self.row = BrowserSession.objects.create(
                    digest=self._digest, ip=origin.ip, device=origin.device, **written
                )
        except IntegrityError:
            raise CreateError from None
