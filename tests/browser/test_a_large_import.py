"""A list of customers from somebody's own spreadsheet, through the wizard, with what is wrong in it, and back (CM-3).

``make import-large`` plays the same with 200,000 lines (``KEFU_IMPORT_LINES``) and says what it took.
"""

import csv
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Agent
from tests.house.house import House

pytestmark = pytest.mark.browser
LINES = int(os.environ.get("KEFU_IMPORT_LINES", "2000"))
WRONG_EACH = 50
PATIENCE_MS = 60_000 + 30 * LINES
# What the bar said, each once, in their order: it moves on while a test asks.
WATCH = """() => {
  window.far = [];
  new MutationObserver(() => {
    const said = document.querySelector('[role="progressbar"]')?.getAttribute("aria-label");
    if (said && said !== window.far.at(-1)) window.far.push(said);
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


class Sheet:
    """Lines of customers nobody knows yet; every fiftieth has no number to call."""

    def __init__(self, lines: int, *, named: str, area: int) -> None:
        self.stamp = time.monotonic_ns() % 10_000_000
        self.lines, self.area = lines, 10 * area + self.stamp % 10
        self.heading = (named, "手機", "會員編號")

    def line(self, n: int) -> tuple[str, str, str]:
        phone = "12" if n % WRONG_EACH == 0 else f"09{self.area}{n:06d}"
        return f"客戶{self.stamp}之{n}", phone, f"M{self.stamp}-{n}"

    @property
    def wrong(self) -> list[int]:
        return list(range(0, self.lines, WRONG_EACH))

    def written(self, folder: Path, name: str) -> Path:
        """As an older spreadsheet of Taiwan saves it."""

        def rows() -> Iterator[tuple[str, ...]]:
            yield self.heading
            yield from (self.line(n) for n in range(self.lines))

        path = folder / name
        with path.open("w", encoding="cp950", newline="") as file:
            csv.writer(file).writerows(rows())
        return path


class Wizard:
    def __init__(self, agent: Agent) -> None:
        self.agent, self.page = agent, agent.page

    def bring(self, path: Path) -> Self:
        self.page.goto(f"{self.agent.house.url}/settings/imports")
        _choose(self.page, self.page.get_by_role("combobox", name="區域"), "亞洲")
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="檔案", exact=True).click()
        chooser.value.set_files(path)
        self.page.get_by_role("button", name="下一步").click()
        expect(self.editor).to_be_visible(timeout=PATIENCE_MS)
        return self

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("group").filter(has=self.page.get_by_role("button", name="開始匯入"))

    @property
    def preview(self) -> Locator:
        return self.page.get_by_role("region", name="前幾列匯入後的樣子").get_by_role("row")

    def means(self, column: str) -> Locator:
        return self.page.get_by_role("combobox", name=f"{column}的對應")

    def run(self, path: Path) -> Locator:
        """Its line in the history."""
        self.page.get_by_role("button", name="開始匯入").click()
        return self.page.get_by_role("listitem").filter(has_text=path.name)

    def set_up(self, sheet: Sheet) -> Self:
        """What no heading says: a column of names under a word of the shop's own, and where the numbers are from."""
        _choose(self.page, self.means(sheet.heading[0]), "姓名")
        expect(self.preview.nth(2)).to_contain_text("客戶")
        _choose(self.page, self.page.get_by_role("combobox", name="沒有國碼的號碼屬於"), "台灣")
        expect(self.preview.nth(2)).to_contain_text("+886")
        return self


def _choose(page: Page, field: Locator, option: str) -> None:
    field.click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(field).to_have_value(option)


def _refused(row: Locator, folder: Path, count: int) -> list[list[str]]:
    """The file of the lines that were not taken, without its heading."""
    row.get_by_role("button", name=f"查看 {count} 列問題").click()
    with row.page.expect_download(timeout=PATIENCE_MS) as download:
        row.page.get_by_role("button", name="下載 CSV").click()
    path = folder / "refused.csv"
    download.value.save_as(path)
    row.page.get_by_role("dialog").get_by_role("button", name="關閉").click()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def _positions(page: Page) -> list[int]:
    said: list[str] = page.evaluate("window.far")
    return [int(found.group(1)) for one in said if (found := re.match(r"第 (\d+) 列", one))]


def _peak(house: House) -> int:
    """How much memory the worker's process has needed since it was last asked, in megabytes."""
    process = Path(f"/proc/{house.processes['kefu' if house.profile == 'embedded' else 'worker'].pid}")
    found = re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())
    (process / "clear_refs").write_text("5")
    return int(found.group(1)) // 1024 if found else 0


@pytest.fixture
def known(agent: Callable[..., Agent], tmp_path: Path) -> tuple[Wizard, Sheet]:
    """A file of the same shape was brought and set up before."""
    wizard, few = Wizard(agent("dee")), Sheet(3, named=f"稱呼{time.monotonic_ns()}", area=2)
    path = few.written(tmp_path, f"few-{few.stamp}.csv")
    expect(wizard.bring(path).set_up(few).run(path)).to_contain_text("新增 2 · 未匯入 1")
    return wizard, few


@pytest.mark.timeout(300 + LINES // 15)
def test_a_file_is_brought_followed_mended_and_undone(
    known: tuple[Wizard, Sheet], house: House, tmp_path: Path
) -> None:
    wizard, few = known
    page, many = wizard.page, Sheet(LINES, named=few.heading[0], area=1)
    path = many.written(tmp_path, f"many-{many.stamp}.csv")
    wizard.bring(path)
    _expect_remembered(wizard, many)
    row = _taken(wizard, path, many, house)
    refused = _refused(row, tmp_path, len(many.wrong))
    assert [tuple(cells[:3]) for cells in refused] == [many.line(n) for n in many.wrong]
    assert [cells[3] for cells in refused] == [str(n + 2) for n in many.wrong]  # the first line is the heading
    assert all(cells[4] == many.heading[1] and cells[5] for cells in refused)

    _undone(row, many)
    page.goto(f"{house.url}/contacts")
    page.get_by_role("searchbox").fill(f"客戶{many.stamp}")
    expect(page.get_by_text("找不到符合的聯絡人。")).to_be_visible()
    page.get_by_role("searchbox").fill(f"客戶{few.stamp}")
    expect(page.get_by_role("link", name=re.compile(few.line(1)[0]))).to_be_visible()


def _expect_remembered(wizard: Wizard, sheet: Sheet) -> None:
    page = wizard.page
    expect(page.get_by_text("欄位沿用上次同類檔案的設定。")).to_be_visible()
    expect(wizard.means(sheet.heading[0])).to_have_value("姓名")
    expect(page.get_by_role("combobox", name="編碼")).to_have_value("Big5（繁體中文）")
    expect(wizard.preview.nth(1).get_by_role("cell").last).not_to_be_empty()  # the first line is one of the wrong ones
    expect(wizard.preview.nth(2)).to_contain_text(sheet.line(1)[0])
    expect(wizard.preview.nth(2)).to_contain_text("+886")


def _taken(wizard: Wizard, path: Path, sheet: Sheet, house: House) -> Locator:
    page, wrong = wizard.page, len(sheet.wrong)
    page.evaluate(WATCH)
    _peak(house)
    began = time.monotonic()
    row = wizard.run(path)
    expect(row).to_contain_text("完成", timeout=PATIENCE_MS)
    took = time.monotonic() - began
    print(f"\n{LINES} lines in {took:.1f} s ({LINES / took:.0f}/s), the worker's peak {_peak(house)} MB")
    expect(row).to_contain_text(f"新增 {LINES - wrong} · 未匯入 {wrong}")
    far = _positions(page)
    assert far == sorted(far) and any(0 < one < LINES for one in far), far
    return row


def _undone(row: Locator, sheet: Sheet) -> None:
    row.get_by_role("button", name="復原", exact=True).click()
    began = time.monotonic()
    row.get_by_role("button", name="確定復原這次匯入").click()
    expect(row).to_contain_text("已復原", timeout=PATIENCE_MS)
    print(f"undone in {time.monotonic() - began:.1f} s")
    expect(row).to_contain_text(f"移除 {LINES - len(sheet.wrong)}")
