"""The only place which opens connections: loopback, registered callbacks and listed media hosts; never a redirect."""

from __future__ import annotations

import ipaddress
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests

from inbox.simulator.storage import numbers

if TYPE_CHECKING:
    from inbox.simulator.world import World

_AGENT = "KefuSimulator/1.0"
_sessions = threading.local()


class Refused(RuntimeError):
    """The address is outside the allow-list."""


@dataclass(frozen=True)
class Answer:
    """`status` None: no HTTP answer, see `failure`."""

    status: int | None
    milliseconds: float
    failure: str | None = None
    text: str = ""


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_callback(world: World, url: str) -> None:
    """Raise Refused unless `url` is on loopback or on the host of a registered callback."""
    host = urlsplit(url).hostname or ""
    known = {urlsplit(row["webhook_url"]).hostname for row in numbers.every(world.database)}
    known |= {urlsplit(uri).hostname for uri in numbers.overrides(world.database)}
    if not is_loopback(host) and host not in known:
        raise Refused(f"{host or url!r} is neither loopback nor the host of a registered webhook.")


def check_media_link(world: World, url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not (is_loopback(host) or host in world.behaviour["media_link_hosts"]):
        raise Refused(f"{host or url!r} is not a host this simulator may fetch from.")


def post(url: str, body: bytes, headers: dict[str, str], timeout: float) -> Answer:
    """Blocking: call it from a worker thread."""
    sent = {"Content-Type": "application/json", "User-Agent": _AGENT, "Accept": "*/*", **headers}
    return _exchange("POST", url, timeout, data=body, headers=sent)


def get(url: str, params: dict[str, str], timeout: float) -> Answer:
    return _exchange("GET", url, timeout, params=params, headers={"User-Agent": _AGENT})


def fetch(url: str, timeout: float, most: int) -> tuple[bytes, str]:
    """Bytes and mime type of linked media. Raises Refused for anything but a 200 of at most `most` bytes."""
    try:
        with _session().get(url, timeout=timeout, allow_redirects=False, stream=True) as answer:
            if answer.status_code != 200:
                raise Refused(f"The media link answered {answer.status_code}.")
            data = bytearray()
            for part in answer.iter_content(65536):
                data += part
                if len(data) > most:
                    raise Refused("The linked media is too large.")
            return bytes(data), answer.headers.get("Content-Type", "").split(";")[0].strip()
    except requests.RequestException as error:
        raise Refused(f"The media link failed: {type(error).__name__}.") from error


def _exchange(method: str, url: str, timeout: float, **parts: object) -> Answer:
    started = time.perf_counter()
    try:
        answer = _session().request(method, url, timeout=timeout, allow_redirects=False, **parts)  # type: ignore[arg-type]
        text = answer.text[:2000]
    except requests.RequestException as error:
        return Answer(None, _since(started), type(error).__name__)
    return Answer(answer.status_code, _since(started), text=text)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)


def _session() -> requests.Session:
    """One per thread. Environment proxies are ignored: they would lead outside the allow-list."""
    session = getattr(_sessions, "session", None)
    if session is None:
        session = requests.Session()
        session.trust_env = False
        _sessions.session = session
    return session
