"""g: what the browser client weighs and how soon it answers, in a Chromium that draws without a graphics card."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, Response

from tests.bench.measures import Measure, percentile
from tests.bench.row import Bench, Row, furnished
from tests.house.chromium import open_chromium
from tests.house.furnish import Wishes

CONVERSATIONS = 3_000
LONG_THREAD = 10_000
TIMES = 7
SCROLLS = 3
SCROLL = {"seconds": 4, "pixelsPerSecond": 3000}
TEXT = "Your parcel left the warehouse this morning and should be with you tomorrow before noon. "

_PROBES = Path(__file__).resolve().parents[1] / "probes.js"
_LIST = '[data-pane="list"]'
_COMPOSER = "[data-composer]"
# A page that asks for the same and writes it down, with no program around it.
_BARE_LIST = """<!doctype html><meta charset="utf-8"><div id="list"></div><script>
const asked = ["session", "conversations?view=all&limit=40"].map((path) => fetch("/api/v1/" + path));
Promise.all(asked).then((answers) => Promise.all(answers.map((one) => one.json()))).then(([, page]) => {
  for (const { id, contact, last_message } of page.results) {
    const row = document.createElement("a");
    row.dataset.id = id;
    row.textContent = contact.name + " " + (last_message?.text ?? "");
    document.getElementById("list").append(row);
  }
});
</script>"""
_BARE_FIELD = '<!doctype html><meta charset="utf-8"><textarea data-composer rows="4" cols="60"></textarea>'
_ASKED_BEFORE = """async (rows) => {
  const shown = await bench.appears(rows);
  return performance.getEntriesByType("resource").filter((one) => one.startTime < shown).map((one) => one.name);
}"""
_ASK_FOR_THREAD = """async (id) => {
  const began = performance.now();
  const page = await (await fetch(`/api/v1/conversations/${id}/messages?limit=50`)).json();
  return { took: performance.now() - began, newest: page.results[0].id };
}"""


def run(profile: str) -> list[Measure]:
    wishes = Wishes(customers=CONVERSATIONS, long_thread=LONG_THREAD)
    with furnished(profile, wishes) as bench, open_chromium() as chromium:
        return [
            *_weight(bench, chromium),
            _time_to_interactive(bench, chromium),
            *_scrolling(bench, chromium),
            _opening(bench, chromium),
            *_typing(bench, chromium),
        ]


@contextmanager
def _page(bench: Bench, chromium: Browser) -> Iterator[Page]:
    """A window of somebody signed in, with an empty cache of its own."""
    context = chromium.new_context(viewport={"width": 1360, "height": 860}, locale="zh-TW")
    session = bench.world["agents"][0]["session"]
    context.add_cookies([{"name": "kefu_session", "value": session, "url": bench.house.url}])
    context.add_init_script(path=_PROBES)
    page = context.new_page()
    page.route("**/bare/list", lambda route: route.fulfill(body=_BARE_LIST, content_type="text/html"))
    page.route("**/bare/field", lambda route: route.fulfill(body=_BARE_FIELD, content_type="text/html"))
    try:
        yield page
    finally:
        context.close()


def _open(page: Page, bench: Bench, path: str = "/inbox/all") -> None:
    page.goto(bench.house.url + path)
    page.evaluate("(rows) => bench.usable(rows)", f"{_LIST} a[data-id]")


def _weight(bench: Bench, chromium: Browser) -> list[Measure]:
    """Told apart: what the list waits for, and what is fetched ahead of need while it is already there."""
    with _page(bench, chromium) as page:
        answers: dict[str, Response] = {}
        page.on("response", lambda answer: answers.__setitem__(answer.url, answer))
        page.goto(bench.house.url + "/inbox/all")
        awaited: list[str] = page.evaluate(_ASKED_BEFORE, f"{_LIST} a[data-id]")
        page.wait_for_timeout(4000)
        code = {url: one for url, one in answers.items() if one.request.resource_type in ("script", "stylesheet")}
        zipped = {url: len(gzip.compress(one.body(), 9)) / 1000 for url, one in code.items()}
        sent = sum(one.request.sizes()["responseBodySize"] for one in code.values()) / 1000
        ways = sorted({one.headers.get("content-encoding", "none") for one in code.values()})
    first = [size for url, size in zipped.items() if url in awaited]
    return [
        Measure("JS and CSS the list waits for, gzip", sum(first), "kB", aim=220, note=f"{len(first)} files"),
        Measure(
            "with what is fetched ahead, gzip", sum(zipped.values()), "kB",
            note=f"{len(zipped)} files; as sent {sent:.0f} kB, content-encoding {', '.join(ways)}",
        ),
    ]  # fmt: skip


def _time_to_interactive(bench: Bench, chromium: Browser) -> Measure:
    with _page(bench, chromium) as page:
        _open(page, bench)
        ours = [_reloaded(page, f"{_LIST} a[data-id]") for _ in range(TIMES)]
        page.goto(f"{bench.house.url}/bare/list")
        bare = [_reloaded(page, "#list a") for _ in range(TIMES)]
    return Measure(
        "reload until the list is usable, median", median(ours), "ms", reference=median(bare),
        reference_name="a bare page that asks for the same two answers", aim=1000, note=_spread(ours),
    )  # fmt: skip


def _reloaded(page: Page, rows: str) -> float:
    page.reload()
    return float(page.evaluate("(rows) => bench.usable(rows)", rows))


def _scrolling(bench: Bench, chromium: Browser) -> list[Measure]:
    with _page(bench, chromium) as page:
        _open(page, bench)
        rows = _load_all(page)
        ours = _gaps(page, f"document.querySelector('{_LIST}')")
        count = int(SCROLL["seconds"] * SCROLL["pixelsPerSecond"] / 82) + 40
        page.evaluate(f"window.copy = bench.stillCopy(document.querySelector('{_LIST}'), {count})")
        bare = _gaps(page, "window.copy")
    speed = f"{SCROLL['pixelsPerSecond']} px/s, over {rows:,} conversations"
    return [
        Measure(
            "list scroll", _rate(ours), "frames/s", "higher", _rate(bare), "the same rows without a program behind",
            aim=60, note=speed,
        ),
        Measure("longest of 20 gaps between frames, p95", percentile(ours, 0.95), "ms",
                reference=percentile(bare, 0.95)),
    ]  # fmt: skip


def _load_all(page: Page) -> int:
    """Scrolls down until no page is left on the server."""
    return int(
        page.evaluate(
            """async (list) => {
              const scroller = document.querySelector(list);
              for (;;) {
                scroller.scrollTop = scroller.scrollHeight;
                await new Promise((done) => setTimeout(done, 50));
                const sizes = [...scroller.querySelectorAll("li")].map((row) => Number(row.ariaSetSize));
                if (sizes.every((size) => size > 0)) return sizes[0];
              }
            }""",
            _LIST,
        )
    )


def _gaps(page: Page, element: str) -> list[float]:
    """Milliseconds between the frames of some scrolls, each from the end upwards."""
    gaps: list[float] = []
    for _ in range(SCROLLS):
        page.evaluate(f"{element}.scrollTop = {element}.scrollHeight")
        page.wait_for_timeout(300)
        gaps += page.evaluate(f"bench.scroll({element}, {_as_js(SCROLL)})")
    return gaps


def _rate(gaps: Sequence[float]) -> float:
    """Whole frames: the clock of a browser is rounded."""
    return float(round(1000 * len(gaps) / sum(gaps)))


def _opening(bench: Bench, chromium: Browser) -> Measure:
    thread = bench.world["customers"][-1]["conversation"]
    ours, bare = [], []
    with _page(bench, chromium) as page:
        for _ in range(TIMES):
            _open(page, bench)
            answer: dict[str, Any] = page.evaluate(_ASK_FOR_THREAD, thread)
            bare.append(answer["took"])
            newest = f'[role="log"] article[data-message="{answer["newest"]}"]'
            page.evaluate("(newest) => { window.opening = bench.afterClick(newest) }", newest)
            page.click(f'{_LIST} a[data-id="{thread}"]')
            ours.append(page.evaluate("window.opening"))
    stored = bench.house.count("SELECT count(*) FROM inbox_message WHERE conversation_id = %s", thread.replace("-", ""))
    return Measure(
        "a thread opened, click to newest message drawn", median(ours), "ms", reference=median(bare),
        reference_name="the request for its newest 50 messages alone", aim=200,
        note=f"{stored:,} messages; {_spread(ours)}",
    )  # fmt: skip


def _typing(bench: Bench, chromium: Browser) -> list[Measure]:
    thread = bench.world["customers"][-1]["conversation"]
    with _page(bench, chromium) as page:
        _open(page, bench, f"/inbox/all/{thread}")
        ours = _typed(page)
        page.goto(f"{bench.house.url}/bare/field")
        bare = _typed(page)
    names = (("p50", 0.5, None), ("p95", 0.95, 50))
    return [
        Measure(
            f"key press to paint, {name}", percentile(ours, share), "ms", reference=percentile(bare, share),
            reference_name="a bare textarea", aim=aim,
        )
        for name, share, aim in names
    ]  # fmt: skip


def _typed(page: Page) -> list[float]:
    page.click(_COMPOSER)
    page.evaluate("window.took = bench.keys()")
    page.keyboard.type(TEXT * 2, delay=40)
    page.wait_for_timeout(300)
    return list(page.evaluate("window.took"))


def _spread(values: Sequence[float]) -> str:
    return f"{min(values):.0f} to {max(values):.0f} in {len(values)}"


def _as_js(options: dict[str, int]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in options.items()) + "}"


ROW = Row("g", "the browser client, software-rendered Chromium", run, profiles=("embedded",))
