"""Each check: what it calls right, and what it finds when it is not."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from security.actions.allowlist import allow_address
from security.actions.behaviour import lay_out_rules
from security.actions.grants import give_grant
from security.actions.levels import set_level
from security.actions.locks import lock_account
from security.actions.sealing import seal_operations
from security.models import Operation, SecurityPolicy, User
from security.policy import Policy
from security.selfcheck.base import Finding, checks
from security.selfcheck.checks.services import Database
from tests.conftest import BY, Cast
from tests.security.log.tampering import without_guards
from tests.worlds.factors import enrol

LONG = "J4kZq8Vw1nRt7XyB0cMe5HsPu2LaGd9FiOo6TbNmQvCxWrEy3UjKlIh"


def looked(name: str) -> Finding:
    return checks()[name]().look()


def state(name: str) -> str:
    return looked(name).state


@pytest.mark.parametrize(
    ("name", "wanted", "found"),
    [
        ("debug", {"DEBUG": False}, "ok"),
        ("debug", {"DEBUG": True}, "bad"),
        ("secret_key", {"SECRET_KEY": LONG}, "ok"),
        ("secret_key", {"SECRET_KEY": LONG[:49]}, "bad"),
        ("secret_key", {"SECRET_KEY": "ab" * 40}, "bad"),
        ("secret_key", {"SECRET_KEY": "django-insecure-" + LONG}, "bad"),
        ("hosts", {"ALLOWED_HOSTS": ["kefu.example"], "KEFU_PUBLIC_URL": "https://kefu.example"}, "ok"),
        ("hosts", {"ALLOWED_HOSTS": [".example"], "KEFU_PUBLIC_URL": "https://kefu.example"}, "ok"),
        ("hosts", {"ALLOWED_HOSTS": ["other.example"], "KEFU_PUBLIC_URL": "https://kefu.example"}, "warn"),
        ("hosts", {"ALLOWED_HOSTS": ["*"]}, "bad"),
        ("hosts", {"ALLOWED_HOSTS": []}, "bad"),
        ("https", {"KEFU_PUBLIC_URL": "https://kefu.example"}, "ok"),
        ("https", {"KEFU_PUBLIC_URL": "http://127.0.0.1:8000"}, "warn"),
        ("https", {"KEFU_PUBLIC_URL": "http://kefu.example"}, "bad"),
        ("hsts", {"SECURE_HSTS_SECONDS": 31_536_000}, "ok"),
        ("hsts", {"SECURE_HSTS_SECONDS": 60}, "warn"),
        ("hsts", {"SECURE_HSTS_SECONDS": 0}, "bad"),
        ("cookies", {"SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True}, "ok"),
        ("cookies", {"SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": False}, "bad"),
        ("cookies", {"SESSION_COOKIE_SAMESITE": "None"}, "bad"),
        ("redis", {"CELERY_BROKER_URL": "memory://localhost/"}, "ok"),
        ("redis", {"CELERY_BROKER_URL": "redis://:word@redis:6379/0"}, "ok"),
        ("redis", {"CELERY_BROKER_URL": "redis://127.0.0.1:6379/0"}, "warn"),
        ("redis", {"CELERY_BROKER_URL": "redis://redis:6379/0"}, "bad"),
        ("mail", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "warn"),
        ("certificate", {"KEFU_PUBLIC_URL": "http://kefu.example"}, "unknown"),
    ],
)
def test_settings_are_judged(settings: Any, name: str, wanted: dict[str, Any], found: str):
    for key, value in wanted.items():
        setattr(settings, key, value)
    assert state(name) == found


@pytest.mark.parametrize(
    ("host", "user", "tls", "found"),
    [
        ("127.0.0.1", "", False, "ok"),
        ("smtp.example", "kefu", True, "ok"),
        ("smtp.example", "kefu", False, "warn"),
    ],
)
def test_mail_goes_somewhere_and_encrypted(settings: Any, host: str, user: str, tls: bool, found: str):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS = host, user, tls
    assert state("mail") == found


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"PASSWORD": "word", "HOST": "postgres"}, "ok"),
        ({"PASSWORD": "", "HOST": "127.0.0.1"}, "warn"),
        ({"PASSWORD": "", "HOST": ""}, "warn"),
        ({"PASSWORD": "", "HOST": "postgres"}, "bad"),
    ],
)
def test_a_database_without_a_password_is_told_of(chosen: dict[str, str], found: str):
    assert Database().judged({"ENGINE": "django.db.backends.postgresql", **chosen}).state == found


def test_a_database_file_that_others_may_read_is_told_of(tmp_path: Path):
    file = tmp_path / "kefu.sqlite3"
    file.touch()
    for mode, found in ((0o600, "ok"), (0o644, "warn")):
        file.chmod(mode)
        assert Database().judged({"ENGINE": "django.db.backends.sqlite3", "NAME": file}).state == found


def test_who_has_no_second_factor_is_named(cast: Cast):
    assert state("second_factor") == "bad", "nobody has one"
    for name in ("ana", "ben", "cho", "dee"):
        enrol(cast, name)
    finding = looked("second_factor")
    assert finding.state == "warn" and str(finding.evidence.values["names"]) == "Fay", "observers need none"
    enrol(cast, "fay")
    assert state("second_factor") == "ok"


def test_one_admin_is_too_few_and_six_are_too_many(cast: Cast):
    assert state("admins") == "warn"
    set_level(by=BY, user=cast.dee, level="admin")
    assert state("admins") == "ok"
    lock_account(by=BY, user=cast.dee, reason="Odd")
    assert state("admins") == "warn", "who is locked is none"
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert state("admins") == "bad"


def test_an_account_that_lies_idle_is_named(cast: Cast):
    assert state("dormant") == "ok", "whoever was just added has not lain idle"
    old = timezone.now() - timedelta(days=91)
    User.objects.filter(pk=cast.eli.pk).update(joined_at=old)
    assert (state("dormant"), looked("dormant").evidence.values["names"]) == ("warn", "Eli")
    User.objects.filter(pk=cast.dee.pk).update(last_login=old)
    assert state("dormant") == "bad", "a supervisor's is worth more to a thief"


def test_dangerous_rights_for_long_are_told_of(cast: Cast):
    assert state("broad_rights") == "ok"
    until = timezone.now() + timedelta(days=60)
    give_grant(by=BY, user=cast.fay, permission="inbox.manage_channel", ends_at=until, reason="For long")
    assert state("broad_rights") == "warn"


@pytest.mark.parametrize("name", ["admin_needs_factor", "history_days"])
def test_policies_that_protect_less_are_told_of(cast: Cast, name: str):
    check = {"admin_needs_factor": "admin_door", "history_days": "policies"}[name]
    policy = SecurityPolicy.objects.get_or_create(pk=1)[0]
    stricter, looser = {"admin_needs_factor": (True, False), "history_days": (3, 30)}[name]
    for value, ok in ((stricter, True), (looser, False)):
        setattr(policy, name, value)
        policy.save()
        Policy.forget()
        assert (state(check) == "ok") == ok


def test_a_log_that_nobody_seals_or_that_was_changed_is_told_of(cast: Cast):
    assert state("log") == "ok", "it was written just now"
    seal_operations()
    assert looked("log").evidence.values["n"] == Operation.objects.count()
    without_guards()
    first = Operation.objects.order_by("id").first()
    assert first is not None
    Operation.objects.filter(pk=first.pk).update(actor_id="somebody else")
    assert state("log") == "bad" and str(first.pk) in str(looked("log").evidence.values["what"])


def test_lines_that_wait_for_long_are_told_of(cast: Cast, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=20), tick=False)
    assert state("log") == "bad"


def test_a_backup_is_as_old_as_its_stamp(settings: Any, tmp_path: Path, db: None):
    settings.KEFU_BACKUP_STAMP = ""
    assert state("backups") == "warn"
    stamp = tmp_path / "stamp"
    settings.KEFU_BACKUP_STAMP = str(stamp)
    assert state("backups") == "bad"
    stamp.touch()
    assert state("backups") == "ok"
    os.utime(stamp, times=(time.time(), time.time() - 27 * 3600))
    assert state("backups") == "bad"


def test_packages_other_than_the_lock_says_are_named(settings: Any, tmp_path: Path, db: None):
    settings.BASE_DIR = tmp_path
    assert state("packages") == "unknown"
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==1.0 \\\n    --hash=sha256:00\nnot-there-at-all==1.0 ; sys_platform == 'win32'\n")
    assert (state("packages"), looked("packages").evidence.values["names"]) == ("warn", "django")
    lock.write_text("not-there-at-all==1.0\n")
    assert state("packages") == "ok"
    os.utime(lock, times=(time.time(), time.time() - 91 * 86_400))
    assert state("packages") == "warn"


def test_demo_people_are_told_of(cast: Cast, settings: Any):
    settings.KEFU_DEMO_PASSWORD = ""
    assert state("demo") == "ok"
    settings.KEFU_DEMO_PASSWORD = "word"
    assert state("demo") == "warn"
    User.objects.filter(pk=cast.ben.pk).update(email="ben@kefu.demo")
    settings.KEFU_PUBLIC_URL = "http://127.0.0.1:8000"
    assert state("demo") == "warn", "nobody else reaches them"
    settings.KEFU_PUBLIC_URL = "https://kefu.example"
    assert state("demo") == "bad"


def test_rules_that_are_off_and_alarms_that_lie_are_told_of(cast: Cast, time_machine):
    from security.actions.alarms import raise_alarm

    assert state("behaviour") == "warn"
    lay_out_rules(by=BY)
    assert state("behaviour") == "ok"
    raise_alarm(by=BY, user_id=cast.ben.pk, shipped="many_rights_given")
    assert state("behaviour") == "ok"
    time_machine.move_to(timezone.now() + timedelta(days=4), tick=False)
    assert state("behaviour") == "bad"


def test_every_check_has_a_title_and_a_weight(db: None):
    for name, check in checks().items():
        assert (check.id, bool(str(check.title))) == (name, True) and 1 <= check.weight <= 10


def test_executives_whose_way_in_is_shut_are_found(cast: Cast):
    assert state("executives") == "ok"
    User.objects.filter(pk=cast.ben.pk).update(executive_since=timezone.now())
    assert state("executives") == "bad"
    allow_address(by=BY, name="Office", network="203.0.113.0/24", group="executives")
    assert state("executives") == "ok"
