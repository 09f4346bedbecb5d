"""A customer's file: fetched at once, checked against its digest, kept sealed, and given up visibly in the end."""

import base64
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from inbox.actions.files import fetch_file
from inbox.media_links import media_url
from inbox.media_store import read_file
from inbox.models import Channel, Media
from inbox.tasks import fetch_media
from tests.conftest import Cast
from tests.inbox.simulator.running import Running
from tests.worlds.asia import picture_bytes
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged, only_message
from tests.worlds.webhooks import message, says

PHOTO = picture_bytes(size=(640, 480))


@pytest.fixture
def shop(cast: Cast, meta: Running) -> Channel:
    return channel(cast.asia, meta)


def arrives(meta: Running, shop: Channel, content: bytes = PHOTO, kind: str = "image", **changes: Any) -> Media:
    """The customer's file lies at WhatsApp, and its webhook has come."""
    sender = meta.sim("POST", "customers", {"name": "Mei"})
    data = {"data": base64.b64encode(content).decode(), "number": shop.phone_number_id, "announce": False, "type": kind}
    sent = meta.sim("POST", f"customers/{sender['id']}/messages", {**data, **changes.pop("as_sent", {})})["content"]
    told = {name: sent[name] for name in ("id", "mime_type", "sha256")}
    who = customer()
    says(shop, who, message(who, kind, {**told, **changes}))
    media: Media = Media.objects.for_system("the test").order_by("-created_at").first()
    return media


def fault(meta: Running, kind: str, **detail: Any) -> None:
    meta.sim("POST", "faults", {"kind": kind, **detail})


def test_a_photo_is_fetched_kept_and_shown(cast: Cast, meta: Running, shop: Channel):
    media = arrives(meta, shop)
    before = only_message().version
    fetch_file(media_id=media.pk)
    kept = fresh(media)
    assert (kept.state, kept.size, kept.width, kept.height, kept.mime_type) == (
        "ready",
        len(PHOTO),
        640,
        480,
        "image/jpeg",
    )
    assert read_file(kept, kept.file) == PHOTO
    assert only_message().version == before + 1, "the thread shows it"
    served = cast.browser("ben").get(media_url(media.pk))
    assert served.content == PHOTO and served["Content-Type"] == "image/jpeg"
    assert cast.browser("ben").get(media_url(media.pk, thumbnail=True)).status_code == 200


def test_fetching_twice_is_harmless(meta: Running, shop: Channel):
    media = arrives(meta, shop)
    for _ in range(2):
        fetch_media(str(media.pk))
    assert fresh(media).attempts == 1 and fresh(media).state == "ready"


def test_whatsapp_being_away_is_tried_again_and_then_works(meta: Running, shop: Channel):
    media = arrives(meta, shop)
    fault(meta, "media_status", status=503)
    fetch_file(media_id=media.pk)
    waiting = fresh(media)
    assert (waiting.state, waiting.attempts) == ("fetching", 1)
    assert waiting.due_at > timezone.now(), "the sweeper comes back to it"
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "ready"


@pytest.mark.parametrize(("kind", "detail"), [("download_status", {"status": 404}), ("download_truncated", {})])
def test_a_download_that_breaks_off_or_expired_is_tried_again(meta: Running, shop: Channel, kind: str, detail: dict):
    media = arrives(meta, shop)
    fault(meta, kind, **detail)
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "fetching"
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "ready"


def test_bytes_that_do_not_fit_the_digest_are_not_kept(meta: Running, shop: Channel):
    wrong = base64.b64encode(b"\x01" * 32).decode()
    media = arrives(meta, shop, sha256=wrong)
    fetch_file(media_id=media.pk)
    assert (fresh(media).state, fresh(media).file) == ("fetching", "")


def test_without_a_digest_the_bytes_are_taken_as_they_come(meta: Running, shop: Channel):
    media = arrives(meta, shop, sha256="")
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "ready" and fresh(media).sha256 is not None


def grows_old(media: Media, *, hours: float) -> None:
    began = timezone.now() - timedelta(hours=hours)
    Media.objects.for_system("time passes").filter(pk=media.pk).update(created_at=began)


def test_it_is_given_up_by_its_age_and_the_thread_says_so(cast: Cast, meta: Running, shop: Channel):
    media = arrives(meta, shop)
    fault(meta, "media_status", status=503, count=100)
    for _ in range(20):
        fetch_file(media_id=media.pk)
    assert (fresh(media).state, fresh(media).attempts) == ("fetching", 20)
    grows_old(media, hours=161)
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "fetching"
    grows_old(media, hours=163)
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "failed"
    assert [line.details["code"] for line in logged("file.lost")] == ["http_5xx"]
    row = cast.browser("ben").get(f"/api/v1/conversations/{media.conversation_id}/messages").json()["results"][0]
    assert row["content"]["media"]["state"] == "failed"
    assert cast.browser("ben").get(media_url(media.pk)).status_code == 404


def test_a_media_id_that_died_after_seven_days_is_given_up_and_does_not_pause_the_number(meta: Running, shop: Channel):
    media = arrives(meta, shop)
    meta.sim("POST", "clock", {"advance": 8 * 86400})
    grows_old(media, hours=8 * 24)
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "failed" and fresh(shop).state == "active"


def test_a_file_larger_than_we_take_is_refused_half_way(meta: Running, shop: Channel):
    from inbox.credentials import credentials_of
    from inbox.whatsapp.client import client_for
    from inbox.whatsapp.faults import Rejected

    media = arrives(meta, shop)
    client = client_for(credentials_of(shop))
    url = client.media_url(media.provider_ref, timeout=5)
    with pytest.raises(Rejected) as refused:
        b"".join(client.download(url, largest=100, timeout=5))
    assert refused.value.code == "file_too_large"


def test_each_attempt_waits_longer_than_the_one_before(meta: Running, shop: Channel):
    media = arrives(meta, shop)
    fault(meta, "media_status", status=503, count=20)
    waits = []
    for _ in range(14):
        fetch_file(media_id=media.pk)
        waits.append(round((fresh(media).due_at - timezone.now()).total_seconds()))
    assert waits[:4] == [2, 4, 8, 16] and waits[-3:] == [3600, 3600, 3600]


def test_a_token_revoked_over_the_weekend_loses_no_file(meta: Running, shop: Channel):
    media = arrives(meta, shop)
    number = {"phone_number_id": shop.phone_number_id}
    meta.sim("POST", "numbers", {**number, "token_state": "revoked"})
    for _ in range(15):
        fetch_file(media_id=media.pk)
    grows_old(media, hours=60)
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "fetching"
    meta.sim("POST", "numbers", {**number, "token_state": "valid"})
    call_command("channel", "resume", shop.phone_number_id)
    assert fresh(media).due_at <= timezone.now(), "the hour's wait is not sat out"
    fetch_file(media_id=media.pk)
    assert fresh(media).state == "ready"


def test_what_was_given_up_can_be_fetched_again_while_whatsapp_may_have_it(meta: Running, shop: Channel):
    young, old, elsewhere = arrives(meta, shop), arrives(meta, shop), arrives(meta, channel(shop.region, meta))
    Media.objects.for_system("the test").update(state="failed", attempts=30)
    grows_old(old, hours=7 * 24 + 1)
    version = fresh(young.message).version
    said = StringIO()
    call_command("channel", "fetch-again", shop.phone_number_id, stdout=said)
    assert said.getvalue().startswith("1 file")
    assert [fresh(one).state for one in (young, old, elsewhere)] == ["fetching", "failed", "failed"]
    assert fresh(young.message).version == version + 1 and len(logged("file.fetched_again")) == 1
    fetch_file(media_id=young.pk)
    assert fresh(young).state == "ready"


def test_a_foreign_file_is_never_run_in_our_origin(cast: Cast, meta: Running, shop: Channel):
    page = b"<html><script>alert(document.cookie)</script></html>"
    media = arrives(
        meta, shop, page, kind="document", mime_type="text/html", filename="x.html", as_sent={"mime_type": "text/plain"}
    )
    fetch_file(media_id=media.pk)
    served = cast.browser("ben").get(media_url(media.pk))
    assert served["Content-Type"] == "application/octet-stream"
    assert served["Content-Disposition"].startswith("attachment;")
    assert served["X-Content-Type-Options"] == "nosniff" and "sandbox" in served["Content-Security-Policy"]


def test_a_file_named_to_break_out_of_the_header_does_not(cast: Cast, meta: Running, shop: Channel):
    name = 'a"\r\nSet-Cookie: x=1; 發票.pdf'
    media = arrives(meta, shop, b"%PDF-1.4 x", kind="document", filename=name, as_sent={"mime_type": "application/pdf"})
    fetch_file(media_id=media.pk)
    served = cast.browser("ben").get(media_url(media.pk))
    assert served.status_code == 200 and "Set-Cookie" not in served
    assert "\n" not in served["Content-Disposition"]


@pytest.mark.parametrize(
    ("header", "status", "content"),
    [
        (None, 200, PHOTO),
        ("bytes=0-9", 206, PHOTO[:10]),
        ("bytes=10-", 206, PHOTO[10:]),
        ("bytes=-10", 206, PHOTO[-10:]),
        (f"bytes={len(PHOTO)}-", 416, b""),
        ("bytes=x-y", 200, PHOTO),
        ("bytes=0-1,3-4", 200, PHOTO),
        (f"bytes={'9' * 6000}-", 200, PHOTO),
    ],
    ids=["none", "first", "rest", "last", "beyond", "nonsense", "several", "endless"],
)
def test_a_part_of_a_file_can_be_asked_for(
    cast: Cast, meta: Running, shop: Channel, header: str | None, status: int, content: bytes
):
    media = arrives(meta, shop)
    fetch_file(media_id=media.pk)
    headers = {"range": header} if header else {}
    served = cast.browser("ben").get(media_url(media.pk), headers=headers)
    assert (served.status_code, served.content) == (status, content)
