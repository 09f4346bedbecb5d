"""HTTP to the Graph API: one pooled session per number, time-outs on every call, no hidden repetition."""

import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests

from inbox.whatsapp.codes import lookup
from inbox.whatsapp.faults import NumberDown, Rejected, Retry, Unconfirmed
from inbox.whatsapp.payloads import read_body, send_body
from inbox.whatsapp.redaction import redact
from inbox.whatsapp.transport import NotingAdapter, about_to_send, perhaps_sent
from inbox.whatsapp.wire import Credentials, Outbound, Sent, Template

CONNECT_SECONDS = 5
LONGEST_WAIT_SECONDS = 3600
_CHUNK = 64 * 1024
_MOST_PAGES = 70  # an account has at most 6,000 templates (Meta)


@lru_cache(maxsize=256)
def client_for(credentials: Credentials) -> "GraphClient":
    """The client of a number; a changed token or address makes a new one."""
    return GraphClient(credentials)


class GraphClient:
    """One business number's calls. Thread-safe: each thread has its own pooled session."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self._root = f"{credentials.base_url.rstrip('/')}/{credentials.graph_version}"
        self._local = threading.local()

    def send(self, message: Outbound, *, timeout: float) -> Sent:
        """Send one message. Raises ``Rejected``, ``Retry``, ``NumberDown`` or ``Unconfirmed``."""
        path = f"{self.credentials.phone_number_id}/messages"
        try:
            answer = self._post_once(path, send_body(message), timeout=timeout)
        except NumberDown as fault:
            if fault.code == "33" and message.media_ref:  # an object is gone: rather the file (30 days) than the number
                raise Rejected("media_missing", fault.details) from fault
            raise
        try:
            contact = (answer.get("contacts") or [{}])[0]
            return Sent(answer["messages"][0]["id"], contact.get("wa_id"), contact.get("user_id"))
        except (KeyError, IndexError, TypeError, AttributeError):
            raise Unconfirmed("answer_unreadable") from None

    def mark_read(self, provider_ref: str, *, typing: bool = False, timeout: float) -> None:
        """Show a message, and all before it, as read; ``typing`` shows for 25 seconds that somebody answers."""
        body = read_body(provider_ref, typing=typing)
        self._post_once(f"{self.credentials.phone_number_id}/messages", body, timeout=timeout)

    def upload(self, content: bytes, *, mime_type: str, name: str, timeout: float) -> str:
        """Upload a file for sending; returns its media id (valid 30 days). Safe to repeat."""
        form = {"messaging_product": "whatsapp", "type": mime_type}
        try:
            answer = self._session.post(
                f"{self._root}/{self.credentials.phone_number_id}/media",
                data=form,
                files={"file": (name, content, mime_type)},
                timeout=(CONNECT_SECONDS, timeout),
            )
        except requests.RequestException as error:
            raise Retry("network", redact(str(error))) from error
        body = _json(answer)
        if answer.status_code >= 500 and "error" not in body:
            raise Retry("http_5xx")
        _raise_for(answer, body)
        return _named(body, "id")

    def templates(self, waba_id: str, *, timeout: float) -> list[Template]:
        """All message templates of an account, page by page."""
        found: list[Template] = []
        query = {"fields": "name,language,category,status,parameter_format,components", "limit": "100"}
        for _ in range(_MOST_PAGES):
            page = self._get(f"{waba_id}/message_templates", query, timeout=timeout)
            found += [_template(row) for row in page.get("data") or [] if isinstance(row, dict)]
            paging = page.get("paging") or {}
            if not paging.get("next"):
                break
            query["after"] = str((paging.get("cursors") or {}).get("after", ""))
        return found

    def media_url(self, media_ref: str, *, timeout: float) -> str:
        """A fresh download URL of a media id; it lives five minutes."""
        query = {"phone_number_id": self.credentials.phone_number_id}
        return _named(self._get(media_ref, query, timeout=timeout), "url")

    def download(self, url: str, *, largest: int, timeout: float) -> Iterator[bytes]:
        """The bytes of a download URL in chunks; more than ``largest`` is refused half-way."""
        try:
            with self._session.get(url, stream=True, timeout=(CONNECT_SECONDS, timeout)) as answer:
                if answer.status_code != 200:
                    raise Retry(f"http_{answer.status_code}")
                size = 0
                for chunk in answer.iter_content(_CHUNK):
                    size += len(chunk)
                    if size > largest:
                        raise Rejected("file_too_large")
                    yield chunk
                promised = answer.headers.get("Content-Length")
                if promised and promised.isdecimal() and size < int(promised):
                    raise Retry("truncated")
        except requests.RequestException as error:
            raise Retry("network", redact(str(error))) from error

    def _get(self, path: str, query: dict[str, str], *, timeout: float) -> dict[str, Any]:
        """Asking changes nothing: whatever went wrong may be tried again."""
        try:
            answer = self._session.get(f"{self._root}/{path}", params=query, timeout=(CONNECT_SECONDS, timeout))
        except requests.RequestException as error:
            raise Retry("network", redact(str(error))) from error
        body = _json(answer)
        if answer.status_code >= 500:
            raise Retry("http_5xx")
        _raise_for(answer, body)
        return body

    @property
    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.headers["Authorization"] = f"Bearer {self.credentials.access_token}"
            session.headers["User-Agent"] = "Kefu"
            session.trust_env = False  # a .netrc must not replace our token
            session.mount(urlsplit(self._root).scheme + "://", NotingAdapter(max_retries=0))
        return session

    def _post_once(self, path: str, body: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        """There is no idempotency key: only what certainly was not processed may be repeated by the caller."""
        about_to_send()
        try:
            answer = self._session.post(f"{self._root}/{path}", json=body, timeout=(CONNECT_SECONDS, timeout))
        except requests.RequestException as error:
            if not perhaps_sent():  # no name, no route, no TLS: not one byte of the request left
                raise Retry("network", redact(str(error))) from error
            broke = isinstance(error, requests.exceptions.ConnectionError)
            raise Unconfirmed("network" if broke else "timeout", redact(str(error))) from error
        parsed = _json(answer)
        if answer.status_code >= 500 and not _surely_refused(parsed):
            raise Unconfirmed("http_5xx")
        _raise_for(answer, parsed)
        return parsed


def _template(row: dict[str, Any]) -> Template:
    return Template(
        name=str(row.get("name") or ""),
        language=str(row.get("language") or ""),
        category=str(row.get("category") or ""),
        status=str(row.get("status") or ""),
        parameter_format=str(row.get("parameter_format") or "POSITIONAL").upper(),
        components=[part for part in row.get("components") or [] if isinstance(part, dict)],
    )


def _surely_refused(body: dict[str, Any]) -> bool:
    """A 5xx that names one of the codes below was answered by the platform itself, before any sending."""
    return str((body.get("error") or {}).get("code")) in {"2", "3", "131016", "131045", "131057", "133004"}


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _named(body: dict[str, Any], name: str) -> str:
    """A value that a sound answer has; asking again is harmless where this is used."""
    if not body.get(name):
        raise Retry("answer_unreadable")
    return str(body[name])


def _raise_for(answer: requests.Response, body: dict[str, Any]) -> None:
    error = body.get("error")
    if answer.ok and not error:
        return
    error = error if isinstance(error, dict) else {}
    code = str(error.get("code", f"http_{answer.status_code}"))
    details = redact(str((error.get("error_data") or {}).get("details") or error.get("message") or ""))
    if code == "100" and str(error.get("error_subcode")) == "33":
        code = "33"
    entry = lookup(code)
    if entry.stops_the_number:
        raise NumberDown(code, details)
    if entry.repeats_by_itself:
        raise Retry(code, details, after=_retry_after(answer))
    raise Rejected(code, details)


def _retry_after(answer: requests.Response) -> float | None:
    said = answer.headers.get("Retry-After", "")
    return float(min(int(said[:9]), LONGEST_WAIT_SECONDS)) if said.isdecimal() else None
