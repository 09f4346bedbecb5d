"""Django admin speaks Chinese to whoever reads Chinese: models, apps, fields, explanations."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.test import RequestFactory
from django.utils import translation

from security.models import User
from tests.conftest import Cast

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def words_of(model: type[Model], user: Any) -> dict[str, str]:
    """Every label and explanation the admin pages of ``model`` show, by where it stands."""
    page, meta, request = admin.site._registry[model], model._meta, RequestFactory().get("/admin/")
    request.user = user
    words = {"app": meta.app_config.verbose_name, "one": meta.verbose_name, "many": meta.verbose_name_plural}
    fields = {field.name for field in meta.get_fields()} | {"__str__"}  # a form's own are read from the form, below
    shown = [name for name in (*page.list_display, *page.get_fields(request)) if name in fields]
    words |= {f"{name} label": str(label_for_field(name, model, page)) for name in shown}
    words |= {f"{name} help": getattr(meta.get_field(name), "help_text", "") for name in shown if name != "__str__"}
    for name, field in page.get_form(request)().fields.items():
        words |= {f"{name} label": field.label, f"{name} help": field.help_text}
    return {place: str(said) for place, said in words.items() if said}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_everything_an_admin_reads_is_chinese(cast: Cast, model: type[Model]):
    with translation.override("zh-hant"):
        words = words_of(model, cast.ana)
        assert {place: said for place, said in words.items() if not re.search("[一-鿿]", said)} == {}


def test_a_policy_is_called_by_its_name(cast: Cast):
    User.objects.filter(pk=cast.ana.pk).update(language="zh-hant")
    pages = cast.browser("ana").get("/admin/inbox/inboxpolicy/1/change/")
    assert "收件匣設定" in pages.content.decode() and "inbox policy" not in pages.content.decode()


def test_nobody_who_is_not_signed_in_reads_any_of_it(db: None):
    assert not admin.site.has_permission(_request(AnonymousUser()))


def _request(user: Any) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request
