"""The log as a file: what one may read, harmless in a spreadsheet, and told in the log itself."""

import csv
import io
from datetime import timedelta

import pytest
import requests
from django.utils import timezone

from contacts.actions.edit import edit_contact
from security.actions.grants import give_grant
from security.log import spreadsheet
from security.log.spreadsheet import harmless
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import enrol, fresh_browser
from tests.worlds.serving import Served
from tests.worlds.threads import logged, thread


def exported(served: Served, cast: Cast, who: str, query: str = "") -> list[list[str]]:
    from django.middleware.csrf import _get_new_csrf_string

    token = _get_new_csrf_string()
    cookies = {"kefu_session": str(fresh_browser(cast, who).session.session_key), "csrftoken": token}
    headers = {"X-CSRFToken": token, "Accept-Language": "en", "Origin": served.url}
    answer = requests.post(
        f"{served.url}/api/v1/operations/export{query}", cookies=cookies, headers=headers, timeout=20
    )
    assert answer.status_code == 200, answer.text
    assert (
        answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    )
    assert answer.content.startswith(b"\xef\xbb\xbf"), "spreadsheets take it for UTF-8 by this"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_supervisor_takes_along_what_they_may_read(kefu: Served, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spreadsheet, "_LINES_AT_ONCE", 4)  # several pieces
    talk = thread(channel(cast.asia), customer("Mei Lin"))
    edit_contact(by=cast.access("ben"), contact_id=talk.contact_id, name="=1+1")
    until = timezone.now() + timedelta(hours=1)
    give_grant(by=BY, user=cast.ben, permission="inbox.send_template", ends_at=until, reason='+886 "x"\n@SUM(A1)')
    heading, *rows = exported(kefu, cast, "dee")
    assert heading[:5] == ["line", "at (UTC)", "done by (kind)", "done by", "deed"]
    assert {len(row) for row in rows} == {len(heading)}
    by_deed = {row[4]: row for row in rows}
    renamed = by_deed["contact.edited"]
    assert renamed[7] == "'=1+1" and renamed[11] == "name:  → =1+1"
    assert by_deed["log.exported"][3] == "Dee"
    numbers = [int(row[0]) for row in rows]
    assert numbers == sorted(numbers, reverse=True) and len(set(numbers)) == len(numbers) > 8
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_filters_hold_and_are_told(kefu: Served, cast: Cast):
    _, *rows = exported(kefu, cast, "dee", f"?action=person.level_set&person={cast.ben.pk}")
    assert [(row[4], row[7]) for row in rows] == [("person.level_set", "Ben")]
    (line,) = logged("log.exported")
    assert line.details == {"person": cast.ben.pk, "deed": "person.level_set", "rows": 1}
    assert line.actor_id == str(cast.dee.pk)


def test_nobody_takes_it_along_without_a_fresh_second_factor(cast: Cast):
    path = "/api/v1/operations/export"
    assert cast.browser("dee").post(path).json()["code"] == "second_factor_missing"
    enrol(cast, "dee")
    assert cast.browser("dee").post(path).json()["code"] == "second_factor_required"
    assert logged("log.exported") == []
    assert fresh_browser(cast, "dee").post(path).status_code == 200 and len(logged("log.exported")) == 1


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_text(cell: str):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "1-1", "王小明", "'x"])
def test_anything_else_stays_as_it_is(cell: str):
    assert harmless(cell) == cell
