"""A drill from plan to numbers: real mail over a real server, links that cannot be forged, nobody pointed at."""

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.core import signing
from django.test import Client
from django.utils import timezone

from security.actions.drills import cancel_drill, plan_drill, run_drills, send_drill_mail
from security.actions.locks import lock_account
from security.actions.teams import add_team
from security.drill.mails import KINDS
from security.drill.results import counts_by_team, counts_of
from security.errors import AlreadyDecided, DrillNotSetUp, Invalid, Missing, NotAllowed
from security.models import DrillMail, Operation, PhishingDrill, SelfcheckPolicy, User
from security.policy import Policy
from tests.conftest import BY, Cast
from tests.worlds.drills import HOST, STAGE


class Post:
    """A mail server. ``got``: what came."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 not now"
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 thank you"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    box = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


@pytest.fixture(autouse=True)
def _a_stage(settings: Any) -> None:
    for name, value in STAGE.items():
        setattr(settings, name, value)


def plan(cast: Cast, *people: User, **wanted: Any) -> PhishingDrill:
    given = {"title": "Autumn", "kind": "password", "people": [one.pk for one in people] or None, **wanted}
    return plan_drill(by=cast.access("ana"), **given)


def send_all() -> None:
    for pk in run_drills():
        send_drill_mail(pk)


def links(mail: EmailMessage) -> tuple[str, str]:
    """The paths that the mail's two links lead to: the bait, and the report."""
    body = mail.get_body(("html",))
    assert body is not None
    found = [urlsplit(unescape(one)).path for one in re.findall(r'href="([^"]+)"', body.get_content())]
    return found[0], found[1]


def mail_of(drill: PhishingDrill, who: User) -> DrillMail:
    return drill.mails.get(person=who)


def stranger() -> Client:
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True)


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
def test_what_the_page_says_of_the_mail_is_true_of_it(cast: Cast, post: Post, settings: Any, kind: str):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    User.objects.filter(pk=cast.ben.pk).update(language="en")
    plan(cast, cast.ben, kind=kind)
    send_all()
    (mail,) = post.got
    assert parseaddr(mail["From"])[1] == f"office@{HOST}" != parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    body = mail.get_body(("html",))
    assert body is not None
    bait, report = re.findall(r'href="([^"]+)"', body.get_content())
    assert bait.startswith(f"http://{HOST}/go/") and report.startswith(settings.KEFU_PUBLIC_URL)
    page = Client(SERVER_NAME=HOST, HTTP_HOST=HOST).get(urlsplit(bait).path)
    told = unescape(page.content.decode())
    assert page.status_code == 200 and "It does not come from an address of ours" in told
    assert "leads to an address that is not ours" in told


def test_the_host_of_the_drills_shows_nothing_else_of_kefu(cast: Cast, settings: Any):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    for path in ("/", "/admin/", "/api/v1/session", "/inbox/mine"):
        for host in (HOST, f"{HOST}:8000", HOST.upper()):
            assert Client(HTTP_HOST=host).get(path).status_code == 404
    assert Client(HTTP_HOST="localhost").get("/api/v1/session").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"KEFU_DRILL_SENDER": ""},
        {"KEFU_DRILL_URL": ""},
        {"KEFU_DRILL_SENDER": "office"},
        {"KEFU_DRILL_URL": "post-desk.test"},
        {"KEFU_DRILL_SENDER": "it@kefu.example"},
        {"KEFU_DRILL_URL": "https://kefu.example:8443"},
        {"KEFU_DRILL_URL": "https://mail.example"},
    ],
)
def test_a_drill_from_kefus_own_address_is_refused_with_what_to_do(cast: Cast, settings: Any, wrong: dict[str, str]):
    settings.KEFU_PUBLIC_URL, settings.DEFAULT_FROM_EMAIL = "https://kefu.example", "Kefu <kefu@mail.example>"
    for name, value in wrong.items():
        setattr(settings, name, value)
    with pytest.raises(DrillNotSetUp) as refused:
        plan(cast, cast.ben)
    assert "KEFU_DRILL_URL" in str(refused.value.remedy) and not PhishingDrill.objects.exists()


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


def test_teams_are_counted_but_small_ones_only_together(cast: Cast):
    add_team(by=cast.access("ana"), region=cast.asia, name="Sales", people=[cast.ana.pk, cast.ben.pk, cast.fay.pk])
    add_team(by=cast.access("ana"), region=cast.asia, name="Pair", people=[cast.eli.pk, cast.dee.pk])
    drill = plan(cast)
    drill.mails.update(sent_at=timezone.now())
    drill.mails.filter(person=cast.ben).update(opened_at=timezone.now())
    drill.mails.filter(person=cast.eli).update(reported_at=timezone.now())
    sales, rest = counts_by_team(drill)
    assert (sales[0], sales[1].people, sales[1].opened, sales[1].opened_share) == ("Sales", 3, 1, 33)
    assert (rest[0], rest[1].people, rest[1].reported) == ("", 3, 1)


def test_a_rest_of_one_cannot_be_had_by_subtracting(cast: Cast):
    """Four of Sales and Dee: the whole without Sales would be her."""
    people = [cast.ana.pk, cast.ben.pk, cast.fay.pk, cast.eli.pk]
    add_team(by=cast.access("ana"), region=cast.asia, name="Sales", people=people)
    drill = plan(cast, cast.ana, cast.ben, cast.fay, cast.eli, cast.dee)
    assert [(name, counts.people) for name, counts in counts_by_team(drill)] == [("", 5)]


def test_who_is_in_two_teams_cannot_be_had_by_subtracting(cast: Cast):
    """Everybody of Pair is in Sales too: Sales without Pair would be Fay."""
    ana, region = cast.access("ana"), cast.asia
    add_team(by=ana, region=region, name="Sales", people=[cast.ana.pk, cast.ben.pk, cast.dee.pk, cast.fay.pk])
    add_team(by=ana, region=region, name="Pair", people=[cast.ana.pk, cast.ben.pk, cast.dee.pk])
    drill = plan(cast)
    assert [(name, counts.people) for name, counts in counts_by_team(drill)] == [("", 6)]


def test_every_line_is_of_enough_people_and_everybody_is_in_one(cast: Cast):
    SelfcheckPolicy.objects.update_or_create(pk=1, defaults={"drill_team": 2})
    Policy.forget()
    ana = cast.access("ana")
    add_team(by=ana, region=cast.asia, name="Sales", people=[cast.ana.pk, cast.ben.pk, cast.fay.pk])
    add_team(by=ana, region=cast.asia, name="Pair", people=[cast.dee.pk, cast.eli.pk])
    drill = plan(cast)
    found = [(name, counts.people) for name, counts in counts_by_team(drill)]
    assert found == [("Sales", 3), ("", 3)], "Cho alone is no line: the smaller team joins"
