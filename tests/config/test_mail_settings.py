"""How mail leaves, by the environment."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Environment


def mail(url: str, *, production: bool = False) -> dict[str, object]:
    return replace(Environment(), mail_url=url, production=production).mail()


def test_an_address_says_everything():
    found = mail("smtp+tls://kefu:p%40ss@mail.example.com:587")
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.com", 587, True)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("kefu", "p@ss")


def test_tls_from_the_start_is_another_word():
    assert mail("smtp+ssl://kefu:x@mail.example.com:465")["EMAIL_USE_SSL"] is True


def test_without_one_it_is_on_the_terminal_and_in_production_nowhere():
    assert str(mail("")["EMAIL_BACKEND"]).endswith("console.EmailBackend")
    assert str(mail("", production=True)["EMAIL_BACKEND"]).endswith("dummy.EmailBackend")


@pytest.mark.parametrize("url", ["smtps://kefu:x@mail.example.com", "gopher://mail.example.com"])
def test_what_means_two_things_or_none_stops_the_start(url: str):
    with pytest.raises(ImproperlyConfigured):
        mail(url)
