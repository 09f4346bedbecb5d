"""What customers and colleagues write is text everywhere: in Django admin, in exports and in what is served as a file.
The client's own pages are looked at in a real browser (``tests/browser/hostile``)."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from contacts.actions.exporting import ask_for_export, download_export, make_export
from inbox.models import Channel
from security.actions.mails import send_due_mails
from security.actions.teams import add_team
from security.log.spreadsheet import FORMULA
from security.models import User
from tests.attacks.corpus import CORPUS, FORMULAS, Garden
from tests.attacks.customer_fields import about, people, said
from tests.attacks.office_fields import fill_office
from tests.attacks.pages_read import changed, read_page
from tests.attacks.team_fields import Talk, write_all
from tests.conftest import BY, Cast
from tests.worlds.browsers import TOKYO, signed_in
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access, fresh_browser
from tests.worlds.threads import conversations, messages
from tests.worlds.webhooks import message, says

# What is refused now and then: a shortcut that is none, one view or request too many.
OFTEN_REFUSED = {"canned.shortcut", "view.name", "request.reason"}


@dataclass
class Shop:
    """A shop whose every field holds the corpus."""

    cast: Cast
    number: Channel
    garden: Garden
    answered: dict[str, set[int]] = field(default_factory=dict)

    def ask(self, who: str, method: str, path: str, body: Any) -> tuple[int, Any]:
        answer = getattr(self.cast.browser(who), method.lower())(path, body, content_type="application/json")
        return answer.status_code, answer

    def get(self, who: str, path: str) -> Any:
        return self.cast.browser(who).get(path)


@pytest.fixture
def shop(cast: Cast) -> Shop:
    garden, number = Garden(), channel(cast.asia)
    shop = Shop(cast, number, garden)
    for name, username in people(garden):
        says(number, customer(name, username=username))
    teller = customer("Teller")
    says(number, teller, message(teller, "text", "First"))
    first = messages(conversations(number)[0])[0].provider_ref or ""
    says(number, teller, *said(garden, teller), *about(garden, teller, first))
    talks = [Talk(str(one.pk), str(one.contact_id)) for one in conversations(number)]
    shop.answered = write_all(garden, shop, talks)
    fill_office(garden, cast.asia, cast.eli)
    return shop


@pytest.mark.timeout(400)
def test_it_is_text_in_answers_in_admin_and_in_exports(shop: Shop):
    """One shop for all: to fill it takes longer than to look at it."""
    refused = {place for place, told in shop.answered.items() if max(told) >= 400}
    never = {place for place, told in shop.answered.items() if min(told) >= 400}
    assert never == {"out.link.url"}, "none of them is an address"
    assert refused - never <= OFTEN_REFUSED
    assert len(shop.garden.planted) > 1000
    _look_at_answers(shop)
    _look_at_admin(shop)
    _look_at_exports(shop)


def _look_at_answers(shop: Shop) -> None:
    talk = conversations(shop.number)[0]
    for path in ("conversations", f"conversations/{talk.pk}/messages", "contacts", "operations", "saved-views"):
        answer = shop.get("ana", f"/api/v1/{path}")
        assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
        assert answer["X-Content-Type-Options"] == "nosniff"
        json.loads(answer.content)


def _look_at_admin(shop: Shop) -> None:
    pages = [*_admin_pages(shop.cast.browser("ana")), *_searched(shop)]
    shown = _shown(shop.garden, pages)
    assert len(pages) > 40
    assert {"person.name", "team.name", "region.name", "channel.name", "grant.reason", "duty.reason"} <= shown
    assert "admin.search" in shown


def _look_at_exports(shop: Shop) -> None:
    pages = []
    for talk in conversations(shop.number):
        row = ask_for_export(by=fresh_access(shop.cast, "ana"), contact_id=talk.contact_id)
        assert make_export(row.pk)
        _row, pieces = download_export(by=fresh_access(shop.cast, "ana"), export_id=row.pk)
        archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
        assert all("/" not in name.removeprefix("files/") for name in archive.namelist())
        json.loads(archive.read("contact.json"))
        pages += [
            (f"{talk.pk} {language}", archive.read(f"contact.{language}.html").decode())
            for language in ("en", "zh-hant")
        ]
    shown = _shown(shop.garden, pages)
    assert {"text", "profile", "contact.note", "note", "contact.consent", "location.name", "channel.name"} <= shown


def _shown(garden: Garden, pages: Iterable[tuple[str, str]]) -> set[str]:
    """The places whose texts are shown; fails where one is more than text."""
    shown: set[str] = set()
    wrong = {}
    for address, html in pages:
        found, faults = read_page(html, garden.planted)
        shown |= found
        if faults:
            wrong[address] = faults[:3]
    assert wrong == {}
    return {garden.planted[mark].place for mark in shown}


def _admin_pages(browser: Client) -> Iterator[tuple[str, str]]:
    """Every list of Django admin, and the pages of its newest rows."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{name}_changelist")]
        manager: Any = model._default_manager
        rows = manager.for_system("the test looks") if hasattr(manager, "for_system") else manager
        addresses += [reverse(f"{name}_change", args=(row.pk,)) for row in rows.order_by("-pk")[:8]]
        for address in addresses:
            answer = browser.get(address, follow=True)
            if answer.status_code == 200:
                yield address, answer.content.decode()


def _searched(shop: Shop) -> Iterator[tuple[str, str]]:
    """What is looked for is told back too."""
    for text in shop.garden.all("admin.search"):
        answer = shop.cast.browser("ana").get("/admin/security/user/", {"q": text})
        yield f"?q={text[:30]}", answer.content.decode()


@pytest.fixture
def formulas(transactional_db: None, cast: Cast) -> Garden:
    """What a spreadsheet would run, as canned replies and as names in the log."""
    garden = Garden("f")
    for number, text in enumerate(FORMULAS):
        body = {"shortcut": f"f{number}", "title": garden.one("title", text), "text": garden.one("text", text)}
        answer = cast.browser("fay").post("/api/v1/canned-replies", body, content_type="application/json")
        assert answer.status_code == 201, answer.content
        add_team(by=BY, region=cast.asia, name=garden.one("team", text.strip()))
    return garden


def _cells(answer: Any) -> list[str]:
    content = b"".join(_streamed(answer)) if answer.streaming else answer.content
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def _streamed(answer: Any) -> list[bytes]:
    from asgiref.sync import async_to_sync

    async def parts() -> list[bytes]:
        return [part async for part in answer]

    return async_to_sync(parts)()


def test_no_cell_of_a_sheet_is_a_formula(cast: Cast, formulas: Garden):
    replies = cast.browser("fay").get("/api/v1/canned-replies/export")
    log = fresh_browser(cast, "ana").post("/api/v1/operations/export")
    for path, answer in (("canned replies", replies), ("log", log)):
        assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"].startswith("text/csv")
        cells = _cells(answer)
        assert [cell for cell in cells if cell.startswith(FORMULA)] == []
        assert any(mark in cell for cell in cells for mark in formulas.planted), path


def test_a_letter_shows_it_as_it_was_written(cast: Cast):
    """The name of a person, and what a browser says of itself."""
    garden = Garden("m")
    browsers = garden.all("browser", longest=200)
    for number, name in enumerate(garden.all("person.name", longest=80)):
        User.objects.filter(pk=cast.ben.pk).update(name=name)
        signed_in("ben")
        signed_in("ben", TOKYO, browsers[number % len(browsers)])
    send_due_mails()
    letters = [letter for letter in mail.outbox if isinstance(letter, EmailMultiAlternatives)]
    pages = [(str(letter.subject), str(part[0])) for letter in letters for part in letter.alternatives]
    assert "person.name" in _shown(garden, pages)
    plain = " ".join(" ".join(str(letter.body).split()) for letter in letters)
    named = [one for one in garden.planted.values() if one.place == "person.name" and one.mark in plain]
    assert named and [wrong for one in named for wrong in changed(plain, one)] == []


def test_each_text_of_the_corpus_bears_a_mark_of_its_own():
    """A text without one would prove nothing."""
    garden = Garden("c")
    assert all(mark in garden.one("x", text) for text, mark in zip(CORPUS, _marks(garden), strict=False))
    assert len(garden.planted) == len(CORPUS)


def _marks(garden: Garden) -> list[str]:
    return [f"q{garden.named}{number:05d}z" for number in range(1, len(CORPUS) + 1)]


def test_the_reader_of_pages_notices_what_became_more_than_text():
    garden = Garden("r")
    text = garden.one("x", '<img src=x onerror=owned("@@")>')
    known = garden.planted
    assert read_page(f"<p title='{escape(text)}'>{escape(text)}</p>", known) == (set(known), [])
    for page in (f"<p>{text}</p>", f"<script>{text}</script>", f"<p>{escape(escape(text))}</p>", f"<!-- {text} -->"):
        assert read_page(page, known)[1], page
    assert read_page(f"<a href='//x.example/?{escape(text)}'>x</a>", known)[1]
    assert not read_page(f"<a href='/admin/?q={quote(text)}'>x</a>", known)[1]
