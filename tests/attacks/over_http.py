"""Browsers that come over real HTTP, from whichever of this machine's addresses."""

import threading
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from tests.conftest import PASSWORD
from tests.worlds.serving import Served


class _From(HTTPAdapter):
    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=(self._address, 0), **kwargs)


class Browser:
    """One that keeps its cookies and shows its CSRF token."""

    def __init__(self, kefu: Served, address: str = "127.0.0.1") -> None:
        self.kefu, self.http = kefu, requests.Session()
        self.http.mount("http://", _From(address))
        self.http.headers["Accept-Language"] = "en"

    def ask(self, method: str, path: str, body: Any = None, **how: Any) -> requests.Response:
        if method != "GET" and "csrftoken" not in self.http.cookies:
            self.ask("GET", "session")
        headers = {"X-CSRFToken": self.http.cookies.get("csrftoken", ""), **how.pop("headers", {})}
        return self.http.request(method, f"{self.kefu.url}/api/v1/{path}", json=body, headers=headers, **how)

    def sign_in(self, email: str, password: str = PASSWORD) -> requests.Response:
        return self.ask("POST", "session", {"email": email, "password": password})

    def is_in(self) -> bool:
        return self.ask("GET", "me").status_code == 200

    @property
    def key(self) -> str:
        return self.http.cookies["kefu_session"]

    def stolen(self) -> "Browser":
        """A thief's, who copied every cookie."""
        thief = Browser(self.kefu, "127.0.0.66")
        thief.http.cookies.update(self.http.cookies)
        return thief


def together(deeds: list[Callable[[], Any]]) -> list[Any]:
    """All begin at the same moment; what each returned, in their order."""
    found: list[Any] = [None] * len(deeds)
    ready = threading.Barrier(len(deeds))

    def run(place: int) -> None:
        ready.wait(30)
        found[place] = deeds[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
