"""Follows every link, tab, menu and dialog that destroys nothing, and looks closely at each page it comes to."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error, Locator, Page

from tests.attacks.corpus import Garden
from tests.attacks.pages_read import changed
from tests.browser.hostile.watch import Watch

LOOKING = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")
_VIEW = re.compile(r"^/inbox/[a-z_]+")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)")
# Where nobody is to go: out, into files, and to what a program would press.
NOT_FOLLOWED = re.compile(r"/logout|/static/|/api/|\.(csv|zip|html)$|/export|^/go/|^/lock/|/delete/")
# What opens something and does nothing yet: a tab, a menu, what folds out, what ends in "…".
OPENERS = (
    "[role=tab], [aria-haspopup=menu], [aria-haspopup=dialog], [aria-haspopup=listbox], [aria-expanded=false], summary"
)
_NOT_PRESSED = re.compile(r"登出|Sign out|錄製|Record|桌面通知|desktop", re.IGNORECASE)


@dataclass
class Crawler:
    """``each`` is how many pages of one kind (``/inbox/all/…``) are looked at, ``most`` how many pages at all, and
    ``presses`` what is opened on each. ``simulator`` is its address."""

    watch: Watch
    garden: Garden
    simulator: str
    each: int = 1
    most: int = 12
    presses: int = 3
    seen: Counter[str] = field(default_factory=Counter)
    shown: set[str] = field(default_factory=set)
    faults: dict[str, list[str]] = field(default_factory=dict)
    _pressed: set[str] = field(default_factory=set)
    _ahead: deque[str] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)

    def crawl(self, *starts: str) -> "Crawler":
        page = self.watch.page()
        self._ahead.extend(starts)
        while self._ahead and self.seen.total() < self.most:
            path = self._ahead.popleft()
            if self.seen[kind_of(path)] >= self.each:
                continue
            self.seen[kind_of(path)] += 1
            self.visit(page, path)
            for opened in self._openers(page):
                self._press(page, opened, path)
            self._note_links(page)
        page.close()
        return self

    def told(self) -> str:
        return json.dumps(self.faults, ensure_ascii=False, indent=1)

    def visit(self, page: Page, path: str) -> None:
        self._go(page, path)
        self.watch.settled(page)
        self._look(page, path)
        self._note_links(page)

    def _go(self, page: Page, path: str) -> None:
        """Inside the client by its own router, as a click would; else by loading."""
        inside = not path.startswith(("/admin", "/api")) and page.url.startswith(self.watch.origin)
        if inside and page.locator("#root").count():
            page.evaluate("(path) => history.pushState({}, '', path)", path)
        else:
            page.goto(self.watch.origin + path, wait_until="domcontentloaded")
            page.locator("#root > *, form, main, body > *").first.wait_for(state="attached")

    def _note_links(self, page: Page) -> None:
        for link in page.locator("a[href]").evaluate_all("all => all.map((one) => one.href)"):
            self._note(str(link))

    def _note(self, link: str) -> None:
        parts = urlsplit(link)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if not link.startswith(self.watch.origin + "/") or NOT_FOLLOWED.search(parts.path) or path in self._known:
            return
        self._known.add(path)
        self._ahead.append(path)

    def _openers(self, page: Page) -> Iterator[Locator]:
        """Those that were not pressed on a page before: what they say counts, not where they stand."""
        found = page.locator(f"{OPENERS}, button:text-matches('(…|\\\\.\\\\.\\\\.)$')")
        told = found.evaluate_all("all => all.map((one) => (one.ariaLabel || one.textContent || '').slice(0, 60))")
        left = self.presses
        for place, words in enumerate(told):
            if words in self._pressed or _NOT_PRESSED.search(words) or left == 0:
                continue
            self._pressed.add(words)
            left -= 1
            yield found.nth(place)

    def _press(self, page: Page, opener: Locator, path: str) -> None:
        try:
            opener.click(timeout=600)
        except Error:
            return  # covered, hidden or gone: a person could not press it either
        self.watch.settled(page, most=1000, calm=3)
        self._look(page, f"{path} + {opener}"[:160])
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        if urlsplit(page.url).path != urlsplit(self.watch.origin + path).path:
            self._go(page, path)

    def _look(self, page: Page, place: str) -> None:
        told = page.evaluate(LOOKING, [r"q[a-z]\d{5}z", self.simulator])
        text = " ".join(f"{told['text']} {told['title']}".split())
        shown = {mark for mark in self.garden.planted if mark in text}
        self.shown |= shown
        wrong = [one for mark in shown for one in changed(text, self.garden.planted[mark])]
        if found := [*self.watch.heard(), *told["faults"], *wrong, *self.watch.secrets_told()]:
            self.faults.setdefault(place, []).extend(found[:6])


def kind_of(path: str) -> str:
    """Of one kind are pages that differ in ids, in the view of the inbox and in what they were asked for."""
    parts = urlsplit(path)
    asked = "&".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return _ID.sub("*", _VIEW.sub("/inbox/*", parts.path)) + (f"?{asked}" if asked else "")
