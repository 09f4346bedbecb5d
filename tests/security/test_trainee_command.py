"""``manage.py trainee``: the same from the command line."""

import pytest
from django.core.management import CommandError, call_command

from security.models import Traineeship
from tests.conftest import Cast


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    call_command("trainee", *words)
    return capsys.readouterr().out


def test_the_whole_life_of_a_traineeship(cast: Cast, capsys: pytest.CaptureFixture[str]):
    begun = said(capsys, "start", "ben@kefu.test", "--mentor", "fay@kefu.test", "--hold")
    assert "mentored by fay@kefu.test; replies wait for a mentor" in begun
    assert "replies leave at once" in said(capsys, "release", "ben@kefu.test")
    assert "replies wait" in said(capsys, "hold", "ben@kefu.test")
    assert "the supervisors" in said(capsys, "mentors", "ben@kefu.test")
    until = Traineeship.objects.get().began_on.replace(year=Traineeship.objects.get().began_on.year + 1).isoformat()
    assert until in said(capsys, "extend", "ben@kefu.test", "--until", until, "--reason", "Part-time")
    assert "ben@kefu.test: trainee from" in said(capsys, "list")
    assert "one of the team now" in said(capsys, "promote", "ben@kefu.test")
    assert said(capsys, "list") == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("start",), "Say whose"),
        (("start", "nobody@kefu.test"), "There is nobody"),
        (("end", "ben@kefu.test"), "does not exist"),
        (("extend", "ben@kefu.test"), "until when"),
        (("start", "ben@kefu.test", "--mentor", "eli@kefu.test"), "senior of the same region"),
    ],
)
def test_what_is_odd_is_told_in_a_sentence(cast: Cast, words: tuple[str, ...], told: str):
    with pytest.raises(CommandError, match=told):
        call_command("trainee", *words)
