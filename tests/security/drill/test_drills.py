"""A drill from plan to numbers: real mail over a real server, links that cannot be forged, nobody pointed at."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from security.actions.drills import cancel_drill, plan_drill, run_drills, send_drill_mail
from security.actions.locks import lock_account
from security.drill.mails import KINDS
from security.drill.results import counts_of
from security.errors import AlreadyDecided, Invalid, Missing, NotAllowed
from security.models import DrillMail, Operation, PhishingDrill, User
from tests.conftest import BY, Cast
from tests.security.drill.drilling import Post, links, mail_of, plan, send_all, stranger


def test_everybody_gets_the_mail_in_their_own_language(cast: Cast, post: Post):
    User.objects.filter(pk=cast.ben.pk).update(language="en", name="Ben <b>&\r\nBcc: x")
    drill = plan(cast)
    send_all()
    assert len(post.got) == 6 and counts_of(drill).sent == 6
    english = next(mail for mail in post.got if mail["To"] == "ben@kefu.test")
    assert english["Subject"] == "Your password expires today" and english["Bcc"] is None
    html, text = english.get_body(("html",)), english.get_body(("plain",))
    assert html is not None and text is not None
    assert "Ben &lt;b&gt;&amp;" in html.get_content() and "<b>" not in html.get_content()
    assert "Ben <b>&" in text.get_content() and "&#x27;" not in text.get_content()
    assert "<img" not in html.get_content() and "src=" not in html.get_content()
    chinese = next(mail for mail in post.got if mail["To"] == "ana@kefu.test")
    assert chinese["Subject"] == "您的密碼今天到期"


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_every_mail_can_be_written_in_both_languages(cast: Cast, post: Post, kind: str, language: str):
    User.objects.filter(pk=cast.ben.pk).update(language=language)
    plan(cast, cast.ben, kind=kind)
    send_all()
    body = post.got[0].get_body(("plain",))
    assert body is not None and bool(re.search("[一-鿿]", body.get_content())) == (language == "zh-hant")


def test_opening_the_link_teaches_and_is_counted_once(cast: Cast, post: Post, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    drill = plan(cast, cast.ben)
    send_all()
    bait, _report = links(post.got[0])
    answer = stranger().get(bait)
    assert answer.status_code == 200 and "這是一場演練" in answer.content.decode()
    first = mail_of(drill, cast.ben).opened_at
    time_machine.shift(timedelta(minutes=5))
    stranger().get(bait)
    assert first is not None and mail_of(drill, cast.ben).opened_at == first
    assert "<form" not in answer.content.decode() and "<input" not in answer.content.decode()
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def test_what_somebody_types_is_neither_taken_nor_kept(cast: Cast, post: Post, caplog: pytest.LogCaptureFixture):
    drill = plan(cast, cast.ben)
    send_all()
    bait, report = links(post.got[0])
    lines = Operation.objects.count()
    for path in (bait, report):
        Client(SERVER_NAME="localhost").post(path, {"password": "My-real-password-1!"})
        Client(SERVER_NAME="localhost").get(path, {"password": "My-real-password-1!"})
    kept = str(list(DrillMail.objects.values())) + str(list(Operation.objects.values())) + caplog.text
    assert "My-real-password" not in kept and Operation.objects.count() == lines
    assert counts_of(drill).reported == 1


def test_a_program_that_only_looks_opens_and_reports_nothing(cast: Cast, post: Post):
    drill = plan(cast, cast.ben)
    send_all()
    bait, report = links(post.got[0])
    assert stranger().head(bait).status_code == 200
    assert stranger().get(report).status_code == 200
    counts = counts_of(drill)
    assert (counts.opened, counts.reported) == (0, 0)


def test_reporting_takes_a_press_of_the_button(cast: Cast, post: Post):
    drill = plan(cast, cast.ben)
    send_all()
    _bait, report = links(post.got[0])
    browser = stranger()
    browser.get(report)
    assert browser.post(report).status_code == 403, "not from a page of somebody else"
    token = browser.cookies["csrftoken"].value
    answer = browser.post(report, {"csrfmiddlewaretoken": token})
    assert "做得好" in answer.content.decode() and counts_of(drill).reported == 1


def test_forged_and_foreign_links_are_nothing(cast: Cast, post: Post):
    drill = plan(cast, cast.ben)
    send_all()
    bait, report = links(post.got[0])
    token, row = bait.rsplit("/", 1)[1], mail_of(drill, cast.ben)
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.replace(":", "."),
        report.rsplit("/", 2)[1],
        signing.dumps(row.pk.hex, salt="something.else"),
        signing.dumps("0" * 32, salt="security.drill.open"),
        signing.dumps({"a": 1}, salt="security.drill.open"),
        signing.dumps(None, salt="security.drill.open"),
        signing.dumps("no id", salt="security.drill.open"),
        row.pk.hex,
        "%00",
        "x" * 3000,
    ]
    for one in forged:
        assert stranger().get(f"/go/{one}").status_code == 404
    assert stranger().get(f"/go/{token}/report").status_code == 404, "each link is for one thing"
    assert counts_of(drill).opened == 0


def test_a_link_counts_for_the_policys_days(cast: Cast, post: Post, time_machine):
    time_machine.move_to("2026-11-02T08:00:00Z", tick=False)
    drill = plan(cast, cast.ben)
    send_all()
    bait, _report = links(post.got[0])
    time_machine.move_to("2026-11-16T08:00:01Z", tick=False)
    run_drills()
    assert stranger().get(bait).status_code == 404
    drill.refresh_from_db()
    assert (drill.state, counts_of(drill).opened) == ("over", 0)


def test_it_is_sent_when_its_time_has_come_and_once(cast: Cast, post: Post, time_machine):
    time_machine.move_to("2026-11-02T08:00:00Z", tick=False)
    plan(cast, cast.ben, planned_at=timezone.now() + timedelta(hours=2))
    send_all()
    assert post.got == []
    time_machine.move_to("2026-11-02T10:00:00Z", tick=False)
    (pk,) = run_drills()
    send_drill_mail(pk)
    send_drill_mail(pk)
    assert len(post.got) == 1 and run_drills() == []
    assert [line.action for line in Operation.objects.filter(action__startswith="drill.").order_by("id")] == [
        "drill.planned",
        "drill.begun",
    ]


def test_a_server_that_refuses_is_tried_three_times(cast: Cast, post: Post, time_machine):
    time_machine.move_to("2026-11-02T08:00:00Z", tick=False)
    drill = plan(cast, cast.ben)
    post.refuses = True
    for minutes in (0, 11, 22, 33):
        time_machine.move_to(f"2026-11-02T08:{minutes:02d}:00Z", tick=False)
        send_all()
    row = mail_of(drill, cast.ben)
    assert (row.tries, row.failed, row.sent_at) == (3, "SMTPDataError", None)
    assert counts_of(drill).failed == 1


def test_who_is_locked_or_gone_gets_none(cast: Cast, post: Post):
    lock_account(by=BY, user=cast.fay, reason="Odd")
    drill = plan(cast)
    User.objects.filter(pk=cast.eli.pk).update(is_active=False)
    send_all()
    assert {mail["To"] for mail in post.got} == {f"{name}@kefu.test" for name in ("ana", "ben", "cho", "dee")}
    assert counts_of(drill).people == 5


def test_a_cancelled_drill_sends_no_more(cast: Cast, post: Post):
    drill = plan(cast, cast.ben)
    waiting = run_drills()
    cancel_drill(by=cast.access("ana"), drill_id=drill.pk, reason="A bad week")
    for pk in waiting:
        send_drill_mail(pk)
    assert post.got == [] and run_drills() == []
    with pytest.raises(AlreadyDecided):
        cancel_drill(by=cast.access("ana"), drill_id=drill.pk, reason="Again")


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"title": "x" * 81}, "title"),
        ({"title": "a\r\nBcc: everybody@kefu.test"}, "title"),
        ({"kind": "ransom"}, "kind"),
        ({"kind": "../../etc/passwd"}, "kind"),
        ({"people": []}, "people"),
        ({"people": [10**9]}, "people"),
        ({"planned_at": timezone.now() + timedelta(days=400)}, "planned_at"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(cast: Cast, wanted: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refused:
        plan(cast, **wanted)
    assert refused.value.field == field and not PhishingDrill.objects.exists()


def test_only_admins_plan_and_cancel(cast: Cast):
    with pytest.raises(NotAllowed):
        plan_drill(by=cast.access("dee"), title="Mine", kind="file", people=None)
    drill = plan(cast)
    with pytest.raises(NotAllowed):
        cancel_drill(by=cast.access("dee"), drill_id=drill.pk, reason="No")
    with pytest.raises(Missing):
        plan(cast, title=" ")
