"""The background tasks of the floors below the inbox, each in a world where it has something to do."""

from typing import Any

from django.core import mail
from django.test import override_settings
from django.utils import timezone

from security.actions.password_resets import ask_for_reset
from security.models import ResetRequest, StreamEvent
from tests.conftest import BY, Cast
from tests.contracts.exchange_tasks import EXCHANGE_TASKS
from tests.contracts.rule_tasks import RULES
from tests.contracts.twice import run_twice
from tests.inbox.simulator.running import Running
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.drills import STAGE
from tests.worlds.threads import fresh, messages, thread


def pruning(cast: Cast, meta: Running) -> None:
    thread(channel(cast.asia))
    StreamEvent.objects.update(at="2020-01-01T00:00:00Z")
    run_twice("security.prune_stream")
    assert not StreamEvent.objects.exists()


def mailing_a_reset(cast: Cast, meta: Running) -> None:
    from security.models import OutgoingMail

    for email in ("ben@kefu.test", "nobody@kefu.test"):
        ask_for_reset(email=email)
        run_twice("security.mail_password_reset", str(ResetRequest.objects.get().pk))
    assert [row.user_id for row in OutgoingMail.objects.filter(kind="password.reset")] == [cast.ben.pk]


def settling_grants(cast: Cast, meta: Running) -> None:
    from datetime import timedelta

    from security.actions.grants import give_grant
    from security.models import Grant

    give_grant(by=BY, user=cast.ben, duty="finance", ends_at=timezone.now() + timedelta(days=1), reason="Sale")
    Grant.objects.update(starts_at="2020-01-01T00:00:00Z", ends_at="2020-01-02T00:00:00Z")
    run_twice("security.settle_grants")
    assert Grant.objects.exclude(ended_at=None).count() == 1


def settling_tiers(cast: Cast, meta: Running) -> None:
    from security.models import Incident, TierSwitch

    begun = {"reason": "A test", "tier": "advanced"}
    TierSwitch.objects.create(at="2020-01-01T00:00:00Z", until="2020-01-02T00:00:00Z", **begun)
    Incident.objects.create(begun_at="2020-01-01T00:00:00Z", ends_at="2020-01-02T00:00:00Z", **begun)
    run_twice("security.settle_tiers")
    assert [row.tier for row in TierSwitch.objects.order_by("at")] == ["advanced", "basic"]
    assert not Incident.objects.get().open


def settling_absences(cast: Cast, meta: Running) -> None:
    from security.models import Presence
    from tests.worlds.duty import at_work

    at_work(cast.ben)
    Presence.objects.update(seen_at="2020-01-01T00:00:00Z")
    run_twice("security.settle_absences")
    assert not Presence.objects.filter(is_here=True).exists()


def sealing(cast: Cast, meta: Running) -> None:
    from security.models import Operation, Seal

    run_twice("security.seal_operations")
    assert Seal.objects.get().count == Operation.objects.count()


def reviewing(cast: Cast, meta: Running) -> None:
    from security.models import Review, ReviewItem

    run_twice("security.run_reviews")
    assert Review.objects.count() == 1 and ReviewItem.objects.filter(state="open").exists()


def watching(cast: Cast, meta: Running) -> None:
    from security.models import BehaviourAlarm
    from tests.security.behaviour.watched import begin_here, deeds, each, rule

    begin_here()
    rule(follows="lock")
    deeds(cast.ben, *each(3))
    run_twice("security.watch_behaviour")
    assert BehaviourAlarm.objects.count() == 1


def reminding_of_selfcheck(cast: Cast, meta: Running) -> None:
    from security.models import SelfcheckRun

    run_twice("security.remind_selfcheck")
    assert SelfcheckRun.objects.count() == 1


def drilled(cast: Cast) -> Any:
    from security.actions.drills import plan_drill

    with override_settings(**STAGE):
        drill = plan_drill(by=cast.access("ana"), title="Autumn", kind="file", people=[cast.ben.pk])
    return drill.mails.get()


def running_drills(cast: Cast, meta: Running) -> None:
    row = drilled(cast)
    run_twice("security.run_drills")
    row.drill.refresh_from_db()
    assert row.drill.state == "running"


def sending_drill_mail(cast: Cast, meta: Running) -> None:

    from security.actions.drills import run_drills

    row = drilled(cast)
    run_drills()
    with override_settings(**STAGE):
        run_twice("security.send_drill_mail", str(row.pk))
    assert len(mail.outbox) == 1


def settling_keys(cast: Cast, meta: Running) -> None:
    from security.actions.renewing import renew_key
    from security.models import DataKey

    talk = thread(channel(cast.asia))
    renew_key(by=BY, purpose="contact", owner_id=talk.contact_id)
    DataKey.objects.filter(replaced_by__isnull=False).update(replaced_at="2020-01-01T00:00:00Z")
    run_twice("security.settle_keys")
    assert messages(talk)[0].key_id == fresh(talk.contact).key_id
    assert DataKey.objects.get(replaced_by__isnull=False).settled_at is not None


def importing(cast: Cast, meta: Running) -> None:
    from contacts.actions.imports import run_import
    from contacts.models import Contact
    from tests.contacts.imports.files import bring

    row = bring(cast.access("dee"), cast.asia, b"phone\n+886912345678\n")
    run_import(by=cast.access("dee"), import_id=row.pk)
    run_twice("contacts.carry_on_import", str(row.pk))
    assert Contact.objects.for_system("the test").count() == 1


def _twins(cast: Cast) -> None:
    from tests.contacts.imports.files import taken_in

    for source in ("one", "two"):
        taken_in(cast.access("dee"), cast.asia, b"id,name\nM1,Mei\n", source=source)


def finding_duplicates(cast: Cast, meta: Running) -> None:
    from contacts.models import Duplicate

    _twins(cast)
    run_twice("contacts.find_duplicates_of", cast.asia.pk)
    assert Duplicate.objects.for_system("the test").count() == 1


def tidying_numbers(cast: Cast, meta: Running) -> None:
    from contacts.models import Duplicate

    _twins(cast)
    run_twice("contacts.tidy_numbers")
    assert Duplicate.objects.for_system("the test").count() == 1


def carrying_on(cast: Cast, meta: Running) -> None:
    from contacts.actions.erasing import erase_contact
    from contacts.models import Erasure
    from tests.worlds.factors import fresh_access

    talk = thread(channel(cast.asia), customer("Mei Lin"))
    who = fresh_access(cast, "ana")
    erase_contact(by=who, contact_id=talk.contact_id, confirm="Mei Lin", reason="Asked for it")
    run_twice("contacts.carry_on")
    assert Erasure.objects.for_system("the test").get().finished_at is not None


def counting_segments(cast: Cast, meta: Running) -> None:
    from contacts.models import SegmentSize
    from tests.worlds.segments import segment_rows

    talk = thread(channel(cast.asia))
    segment = segment_rows(talk.contact)["segment"]
    SegmentSize.objects.for_system("the test").delete()
    run_twice("contacts.record_segment_sizes")
    assert SegmentSize.objects.for_system("the test").get().size == fresh(segment).size == 1


def exporting(cast: Cast, meta: Running) -> None:
    from contacts.actions.exporting import ask_for_export
    from tests.worlds.factors import fresh_access

    talk = thread(channel(cast.asia))
    row = ask_for_export(by=fresh_access(cast, "ana"), contact_id=talk.contact_id)
    run_twice("contacts.make_export", str(row.pk))
    assert fresh(row).state == "ready"


def reminding_of_api_keys(cast: Cast, meta: Running) -> None:
    from datetime import timedelta

    from inbox.models import Notification
    from security.models import ApiKey

    ApiKey.objects.create(cast.dee, expiry=timedelta(days=6))
    ApiKey.objects.create(cast.dee, expiry=timedelta(days=-100))
    run_twice("security.settle_api_keys")
    assert ApiKey.objects.count() == 1
    assert Notification.objects.for_system("the test").filter(kind="key.ending").count() == 1


def ending_idle_sessions(cast: Cast, meta: Running) -> None:
    from security.models import BrowserSession
    from tests.worlds.browsers import idle_for, kept_session

    idle_for(kept_session(cast.ben), minutes=20)
    run_twice("security.end_idle_sessions")
    assert BrowserSession.objects.get().ended_why == "idle"


def mailing(cast: Cast, meta: Running) -> None:

    from security.actions.mails import send_mail_later
    from security.models import OutgoingMail

    send_mail_later(kind="account.locked", user=cast.ben)
    run_twice("security.send_mail", str(OutgoingMail.objects.get().pk))
    assert len(mail.outbox) == 1


def mailing_what_is_due(cast: Cast, meta: Running) -> None:

    from security.actions.mails import send_mail_later

    send_mail_later(kind="account.locked", user=cast.ben)
    run_twice("security.send_due_mails")
    assert len(mail.outbox) == 1


def packing(cast: Cast, meta: Running) -> None:
    """What it packs: ``tests/inbox/search/test_packed.py``."""
    from security.models import SearchEntry

    thread(channel(cast.asia), customer(), "of today")
    run_twice("security.pack_search")
    assert SearchEntry.objects.count() == 2, "the contact, and what is too young to be packed"


LOWER = {
    **EXCHANGE_TASKS,
    "security.pack_search": packing,
    "security.end_idle_sessions": ending_idle_sessions,
    "security.send_mail": mailing,
    "security.send_due_mails": mailing_what_is_due,
    "security.settle_api_keys": reminding_of_api_keys,
    "security.watch_behaviour": watching,
    "security.remind_selfcheck": reminding_of_selfcheck,
    "security.run_drills": running_drills,
    "security.send_drill_mail": sending_drill_mail,
    "security.settle_keys": settling_keys,
    "contacts.carry_on": carrying_on,
    **RULES,
    "contacts.carry_on_import": importing,
    "contacts.find_duplicates_of": finding_duplicates,
    "contacts.tidy_numbers": tidying_numbers,
    "contacts.make_export": exporting,
    "contacts.record_segment_sizes": counting_segments,
    "security.prune_stream": pruning,
    "security.mail_password_reset": mailing_a_reset,
    "security.run_reviews": reviewing,
    "security.settle_grants": settling_grants,
    "security.settle_tiers": settling_tiers,
    "security.settle_absences": settling_absences,
    "security.seal_operations": sealing,
}
