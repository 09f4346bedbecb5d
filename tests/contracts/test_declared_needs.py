"""Every view declares what it needs, and the boot check would tell if one did not."""

from django.core.checks import run_checks
from django.test import override_settings
from django.utils.module_loading import import_string

from security.api.base import Public
from security.checks import api_views


def test_every_view_of_the_api_declares_what_each_method_needs():
    assert run_checks(tags=["security"]) == []


@override_settings(ROOT_URLCONF="tests.contracts.odd_urls")
def test_a_view_that_does_not_stops_the_boot():
    found = {(problem.id, problem.msg) for problem in run_checks(tags=["security"])}
    assert found == {
        ("security.E001", "api/forgetful: Forgetful.post declares no need"),
        ("security.E001", "api/foreign: Foreign is not a KefuView"),
        ("security.E002", "api/misspelled: unknown permission inbox.see_everything"),
    }


def test_what_is_public_says_why():
    reasons = [
        need.reason
        for _, view in api_views()
        for need in getattr(view, "needs", {}).values()
        if isinstance(need, Public)
    ]
    reasons += [view.public_reason for _, view in api_views() if hasattr(view, "public_reason")]
    assert len(reasons) == 18 and all(len(reason) > 5 for reason in reasons)


def test_every_middleware_runs_async():
    """One that cannot makes Daphne ignore SIGTERM under load."""
    from django.conf import settings

    assert {path: import_string(path).async_capable for path in settings.MIDDLEWARE} == dict.fromkeys(
        settings.MIDDLEWARE, True
    )
