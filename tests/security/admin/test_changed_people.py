"""People changed and signed in through Django admin: logged and told like anywhere else."""

import pytest
from django.core import mail

from security.account_errors import LinkOver
from security.actions.mails import send_due_mails
from security.actions.password_resets import reset_link_parts, reset_password
from security.live.store import events_after
from security.models import Operation, OutgoingMail, User
from tests.conftest import Cast


def save(cast: Cast, who: str, **wanted: object) -> None:
    user = getattr(cast, who)
    form = {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "time_zone": user.time_zone,
        "availability": user.availability,
        "is_active": "on",
        "hired_on": "",
        "level": cast.access(who).level,
        "in_regions": list(user.regions.values_list("pk", flat=True)),
        **wanted,
    }
    url = f"/admin/security/user/{user.pk}/change/"
    answer = cast.browser("ana").post(url, {key: value for key, value in form.items() if value is not None})
    assert answer.status_code == 302, answer.context["errors"]


def told(user: User, after: int = 0) -> list[str]:
    return [event.kind for event in events_after(f"person:{user.pk}", after)]


def test_a_changed_person_is_logged_with_before_and_after_and_told(cast: Cast):
    before = len(told(cast.ben))
    save(cast, "ben", name="Benedict", time_zone="Europe/London")
    line = Operation.objects.get(action="person.changed")
    assert (line.actor_id, line.subject_id) == (str(cast.ana.pk), str(cast.ben.pk))
    assert line.details == {"name": ["Ben", "Benedict"], "time_zone": ["Asia/Taipei", "Europe/London"]}
    assert told(cast.ben)[before:] == ["access.changed"]
    assert [event.kind for event in events_after(f"region:{cast.asia.pk}", 0)] == ["person.changed"]


def test_saving_nothing_new_logs_nothing(cast: Cast):
    lines = Operation.objects.count()
    save(cast, "ben")
    assert Operation.objects.count() == lines


def test_somebody_made_inactive_is_put_out(cast: Cast):
    before = len(told(cast.ben))
    save(cast, "ben", is_active=None, reason="Left the company")
    assert set(told(cast.ben)[before:]) == {"access.changed", "session.ended"}
    assert Operation.objects.get(action="person.changed").details == {
        "is_active": [True, False],
        "reason": "Left the company",
    }


def test_a_level_taken_in_the_admin_takes_the_flags_with_it(cast: Cast):
    save(cast, "dee", level="admin", reason="Stands in for Ana")
    assert User.objects.get(pk=cast.dee.pk).is_superuser
    save(cast, "dee", level="agent", reason="Ana is back")
    dee = User.objects.get(pk=cast.dee.pk)
    assert not dee.is_staff and not dee.is_superuser


def test_signing_out_in_the_admin_is_logged_and_ends_sockets(cast: Cast):
    browser, before = cast.browser("ana"), len(told(cast.ana))
    browser.get("/admin/logout/")
    assert not Operation.objects.filter(action="session.ended").exists()
    browser.post("/admin/logout/")
    assert Operation.objects.get(action="session.ended").subject_id == str(cast.ana.pk)
    assert told(cast.ana)[before:] == ["session.ended"]


def test_another_address_is_told_to_the_old_one_and_voids_the_links(cast: Cast):
    User.objects.update(language="en")
    who, token = reset_link_parts(User.objects.get(pk=cast.ben.pk))
    save(cast, "ben", email="Benedict@kefu.test", reason="Married")
    assert "ben@kefu.test" not in str(OutgoingMail.objects.values_list("context", "address"))
    send_due_mails()
    (letter,) = mail.outbox
    assert letter.to == ["ben@kefu.test"] and "benedict" not in str(letter.message())
    with pytest.raises(LinkOver):
        reset_password(who=who, token=token, password="Orchid-tumble-42!")
