"""HTTP to the Graph API, whoever carries it: one pooled session per number, time-outs everywhere, nothing repeated."""

import threading
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests

from inbox.whatsapp.codes import code_of, lookup
from inbox.whatsapp.faults import NumberDown, Rejected, Retry, Throttled, Unconfirmed
from inbox.whatsapp.flows import Flow, read_flows
from inbox.whatsapp.health import NumberHealth, read_health
from inbox.whatsapp.payloads import read_body, send_body
from inbox.whatsapp.providers import HEALTH_FIELDS, PROVIDERS
from inbox.whatsapp.redaction import redact
from inbox.whatsapp.templates import Template, next_page, read_templates
from inbox.whatsapp.throttling import seconds_to_wait
from inbox.whatsapp.transport import KeyedSession, about_to_send, perhaps_sent
from inbox.whatsapp.wire import Credentials, Outbound, Sent

CONNECT_SECONDS = 5
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
        self.provider = PROVIDERS[credentials.provider]
        self._local = threading.local()

    def send(self, message: Outbound, *, timeout: float) -> Sent:
        """Send one message. Raises ``Rejected``, ``Retry``, ``NumberDown`` or ``Unconfirmed``."""
        try:
            answer = self._post_once(self._url("messages"), send_body(message), timeout=timeout)
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
        self._post_once(self._url("messages"), read_body(provider_ref, typing=typing), timeout=timeout)

    def upload(self, content: bytes, *, mime_type: str, name: str, timeout: float) -> str:
        """Upload a file for sending; returns its media id (valid 30 days). Safe to repeat."""
        form = {"messaging_product": "whatsapp", "type": mime_type}
        try:
            answer = self._session.post(
                self._url("upload"),
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

    def templates(self, *, timeout: float) -> list[Template]:
        """All message templates of the account, page by page; ``timeout`` is for all pages together."""
        return [one for answer in self._pages("templates", timeout=timeout) for one in read_templates(answer)]

    def flows(self, *, timeout: float) -> list[Flow]:
        """The account's published flows, as ``templates``; none where the provider lists none."""
        if "flows" not in self.provider.paths:
            return []
        return [one for answer in self._pages("flows", timeout=timeout) for one in read_flows(answer)]

    def media_url(self, media_ref: str, *, timeout: float) -> str:
        """A fresh download URL of a media id; it lives five minutes."""
        answer = self._get(self._url("media", media=media_ref), timeout=timeout)
        return self.provider.media_url(_named(answer, "url"), self.credentials.base_url)

    def health(self, *, timeout: float) -> NumberHealth:
        """How WhatsApp judges the number. Any fault says that the token or the number itself does not work."""
        return read_health(self._get(self._url("health", fields=HEALTH_FIELDS), timeout=timeout))

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

    @property
    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            scheme = urlsplit(self.credentials.base_url).scheme
            session = self._local.session = KeyedSession(self.provider.token_header, scheme=scheme)
            header = f"{self.provider.token_prefix}{self.credentials.access_token}"
            session.headers[self.provider.token_header] = header
            session.headers["User-Agent"] = "Kefu"
        return session

    def _pages(self, name: str, *, timeout: float) -> Iterator[dict[str, Any]]:
        after, deadline = "", time.monotonic() + timeout
        for _ in range(_MOST_PAGES):
            left = deadline - time.monotonic()
            if left <= 0:
                raise Retry("network", f"not all {name} were read within {timeout:g} seconds")
            answer = self._get(f"{self._url(name)}?limit=100{after}", timeout=left)
            yield answer
            if not (after := next_page(answer)):
                return

    def _url(self, name: str, **more: str) -> str:
        own = self.credentials
        names = {"version": own.graph_version, "number": own.phone_number_id, "account": own.waba_id, **more}
        return own.base_url.rstrip("/") + self.provider.paths[name].format(**names)

    def _get(self, url: str, *, timeout: float) -> dict[str, Any]:
        """Reading may be repeated: whatever is unclear is worth another try."""
        try:
            answer = self._session.get(url, timeout=(CONNECT_SECONDS, timeout))
        except requests.RequestException as error:
            raise Retry("network", redact(str(error))) from error
        body = _json(answer)
        if answer.status_code >= 500:
            raise Retry("http_5xx")
        _raise_for(answer, body)
        return body

    def _post_once(self, url: str, body: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        """There is no idempotency key: only what certainly was not processed may be repeated by the caller."""
        about_to_send()
        try:
            answer = self._session.post(url, json=body, timeout=(CONNECT_SECONDS, timeout))
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
    code = code_of(str(error.get("code", f"http_{answer.status_code}")), str(error.get("error_subcode") or ""))
    details = redact(str((error.get("error_data") or {}).get("details") or error.get("message") or ""))
    if code == "100/33":
        code = "33"
    entry = lookup(code)
    if entry.stops_the_number:
        raise NumberDown(code, details)
    if entry.throttles:
        raise Throttled(code, details, after=seconds_to_wait(answer.headers))
    if entry.repeats_by_itself:
        raise Retry(code, details, after=seconds_to_wait(answer.headers))
    raise Rejected(code, details)
