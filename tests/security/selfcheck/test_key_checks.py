"""The checks of keys: the master key, those below it, and those of programs."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from knox.models import get_token_model

from security.actions.rewrapping import renew_region_keys, rewrap_region_keys
from security.models import DataKey, MasterKeyUse, RegionKey
from tests.conftest import BY, Cast
from tests.security.selfcheck.test_checks import LONG, looked, state


def test_the_master_key_is_judged(cast: Cast, settings: Any, tmp_path: Path):
    settings.KEFU_DATA = tmp_path
    settings.KEFU_MASTER_KEYS = f"new:{LONG}"
    RegionKey.objects.update(master_id="new")
    assert state("master_key") == "ok"
    old = timezone.now() - timedelta(days=400)
    RegionKey.objects.update(made_at=old)
    assert state("master_key") == "ok", "what it wraps may be older"
    MasterKeyUse.objects.create(master_id="new", first_used_at=old)
    RegionKey.objects.update(made_at=timezone.now())
    assert state("master_key") == "warn", "what it wraps may be younger"
    RegionKey.objects.update(master_id="older")
    assert "%(n)s keys are still wrapped" in looked("master_key").evidence.text
    (tmp_path / "master_key").write_text(LONG)
    assert state("master_key") == "warn"
    settings.KEFU_PRODUCTION = True
    assert state("master_key") == "bad", "beside the database"
    for weak in ("", "new:" + "a" * 40, f"new:{LONG[:31]}", f"new:{LONG},old:short"):
        settings.KEFU_MASTER_KEYS = weak
        assert state("master_key") == "bad"


def test_what_the_check_of_the_master_key_proposes_mends_it(cast: Cast, settings: Any, tmp_path: Path):
    settings.KEFU_DATA, first = tmp_path, settings.KEFU_MASTER_KEYS
    settings.KEFU_MASTER_KEYS = f"new:{LONG},{first}"
    rewrap_region_keys(by=BY)
    MasterKeyUse.objects.update(first_used_at=timezone.now() - timedelta(days=400))
    RegionKey.objects.update(made_at=timezone.now() - timedelta(days=400))
    assert state("master_key") == "warn"
    settings.KEFU_MASTER_KEYS = f"newer:{LONG[::-1]},new:{LONG},{first}"
    assert state("master_key") == "warn", "not rotated yet"
    rewrap_region_keys(by=BY)
    assert state("master_key") == "ok"
    renew_region_keys(by=BY)
    assert dict(MasterKeyUse.objects.values_list("master_id", "first_used_at"))["newer"] <= timezone.now()
    assert MasterKeyUse.objects.count() == 3


def test_region_and_data_keys_are_judged_by_their_age(cast: Cast):
    assert state("wrapped_keys") == "ok"
    old = timezone.now() - timedelta(days=731)
    RegionKey.objects.update(made_at=old)
    assert (state("wrapped_keys"), looked("wrapped_keys").evidence.values["n"]) == ("warn", 731)
    renew_region_keys(by=BY)
    assert state("wrapped_keys") == "ok", "the fix mends it"
    DataKey.objects.filter(purpose="stream").update(made_at=old)
    finding = looked("wrapped_keys")
    assert finding.state == "warn" and finding.fix is not None and "--data" in finding.fix.text


def test_no_secret_stands_in_what_is_found(cast: Cast, settings: Any):
    settings.SECRET_KEY = settings.KEFU_DEMO_PASSWORD = LONG
    settings.KEFU_MASTER_KEYS = f"new:{LONG}"
    settings.CELERY_BROKER_URL = f"redis://:{LONG}@redis:6379/0"
    for name in ("secret_key", "master_key", "redis", "demo"):
        assert LONG not in str(looked(name).as_json())


def test_keys_without_an_end_and_old_ones_are_named(cast: Cast):
    assert state("api_keys") == "ok"
    key, _secret = get_token_model().objects.create(user=cast.ben, name="Till", expiry=None)
    assert state("api_keys") == "warn"
    get_token_model().objects.filter(pk=key.pk).update(created=timezone.now() - timedelta(days=181))
    assert state("api_keys") == "bad" and "Till" in str(looked("api_keys").evidence.values["names"])
    get_token_model().objects.filter(pk=key.pk).update(expiry=timezone.now() - timedelta(days=1))
    assert state("api_keys") == "ok", "it has ended"


def test_keys_that_no_program_uses_are_named(cast: Cast):
    assert state("unused_keys") == "ok"
    key, _secret = get_token_model().objects.create(cast.dee, expiry=timedelta(days=100), name="Till")
    assert state("unused_keys") == "ok", "it is new"
    rows = get_token_model().objects.filter(pk=key.pk)
    long_ago = timezone.now() - timedelta(days=61)
    rows.update(created=long_ago)
    assert state("unused_keys") == "warn" and "Till" in str(looked("unused_keys").evidence.values["names"])
    rows.update(last_used_at=timezone.now() - timedelta(days=59))
    assert state("unused_keys") == "ok"
    rows.update(last_used_at=long_ago)
    assert state("unused_keys") == "warn"
    rows.update(revoked_at=timezone.now())
    assert state("unused_keys") == "ok"
