"""A browser window that hears of everything that must not happen in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Response

from tests.attacks.corpus import CANARY

# What the corpus calls when it runs, in whichever frame.
_OWNED = "window.owned = (mark) => console.error('OWNED ' + mark);"
# Answers when the page has time for it, which is when what was to be drawn has been.
_IDLE = """() => new Promise((done) =>
  requestIdleCallback(() => done(document.documentElement.outerHTML.length), { timeout: 1000 }))"""
_LOCAL = ("data:", "blob:", "about:")
STRICT = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_TEXTS = re.compile(r"json|html|javascript|text/")
# What a secret looks like, whatever it is the secret of.
_SECRET = re.compile(
    r"kefu_[0-9a-f]{40}|\$argon2|pbkdf2_sha256\$|md5\$\w+\$|-----BEGIN [A-Z ]*PRIVATE KEY|SIMTOKEN-\d"
    r"|EAA[A-Za-z0-9]{40}"
)


@dataclass
class Watch:
    """``origin`` is Kefu's address; ``secrets`` are values that no answer may hold."""

    context: BrowserContext
    origin: str
    secrets: Iterable[str] = ()
    faults: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    open_requests: set[Request] = field(default_factory=set)
    read: int = 0

    def page(self) -> Page:
        self.context.add_init_script(_OWNED)
        page = self.context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"an error on the page: {error}"))
        page.on("request", self._asked)
        page.on("requestfinished", lambda request: self.open_requests.discard(request))
        page.on("requestfailed", lambda request: self.open_requests.discard(request))
        page.on("response", self._answered)
        page.on("dialog", lambda dialog: dialog.dismiss())
        return page

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "preload" not in message.text:
            self.faults.append(f"console: {message.text[:300]}")

    def _asked(self, request: Request) -> None:
        self.open_requests.add(request)
        if CANARY in request.url or not request.url.startswith((self.origin, *_LOCAL)):
            self.faults.append(f"asked for {request.url[:200]}")

    def _answered(self, answer: Response) -> None:
        if not answer.url.startswith(self.origin):
            return
        self.answers.append(answer)
        path = answer.url.removeprefix(self.origin)
        if answer.status >= 500:
            self.faults.append(f"{answer.status} of {path}")
        told = answer.headers
        # What shows the API's description opens windows of its own.
        wanted = {} if path.startswith("/api/v1/docs") else STRICT
        lacking = [name for name, value in wanted.items() if told.get(name) != value]
        if "html" in told.get("content-type", "") and wanted and "content-security-policy" not in told:
            lacking.append("content-security-policy")
        if lacking and answer.status != 304:
            self.faults.append(f"{path}: without {', '.join(lacking)}")

    def settled(self, page: Page, *, most: int = 2500, calm: int = 8) -> None:
        """Until nothing is asked for and nothing is drawn any more; the live stream is no request. React shows what was
        loaded later no sooner than 300 ms after what stood in for it, hence ``calm`` times 50."""
        quiet, waited, size = 0, 0, -1
        while quiet < calm and waited < most:
            page.wait_for_timeout(50)
            waited += 50
            drawn = self._drawn(page)
            quiet = quiet + 1 if drawn == size and not self.open_requests else 0
            size = drawn

    @staticmethod
    def _drawn(page: Page) -> int:
        try:
            return int(page.evaluate(_IDLE))
        except Error:
            return -1  # another page is coming

    def secrets_told(self) -> list[str]:
        """In the answers since it was last asked; those that are gone from the browser already are not read again."""
        found, answers, self.answers = [], self.answers, []
        for answer in answers:
            if "/static/" in answer.url or not _TEXTS.search(answer.headers.get("content-type", "")):
                continue
            try:
                text = answer.text()
            except Exception:  # noqa: BLE001  (redirects and what a navigation cut off have no body)
                continue
            self.read += 1
            found += [f"{answer.url}: {hit.group()[:12]}…" for hit in _SECRET.finditer(text)]
            found += [f"{answer.url}: a secret of this house" for secret in self.secrets if secret in text]
        return found

    def heard(self) -> list[str]:
        """What went wrong since it was last asked."""
        found, self.faults = self.faults, []
        return found
