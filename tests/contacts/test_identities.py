"""Reading numbers and names as WhatsApp gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.identities import clean_name, country_and_zone, e164, only_zone_of, same_person_numbers


@pytest.mark.parametrize(
    ("wa_id", "spelled"),
    [
        ("886912345678", "+886912345678"),
        ("+447700900123", "+447700900123"),
        ("15550100199", "+15550100199"),
        ("", None),
        ("12", None),
        ("abc", None),
        ("TW.1980", None),
        ("9" * 30, None),
        ("٠٩١٢٣٤٥٦", None),
    ],
)
def test_a_number_is_spelled_in_e164_or_not_at_all(wa_id: str, spelled: str | None):
    assert e164(wa_id) == spelled


def test_a_country_with_one_zone_tells_it():
    assert only_zone_of("HK") == "Asia/Hong_Kong"
    assert only_zone_of("TW") == "Asia/Taipei"
    assert [only_zone_of(country) for country in ("US", "AU", "", "ZZ")] == ["", "", "", ""]


def test_a_number_tells_country_and_zone():
    assert country_and_zone("886912345678") == ("TW", "Asia/Taipei")
    assert country_and_zone("493012345678") == ("DE", "Europe/Berlin")
    assert country_and_zone("nonsense") == ("", "")
    assert country_and_zone("87812345678901")[0] == ""


@given(st.text(st.characters(codec=None)))
def test_nothing_makes_reading_a_number_fail(text: str):
    e164(text)
    country, zone = country_and_zone(text)
    assert len(country) in (0, 2) and len(zone) <= 64
    assert text in same_person_numbers(text)


@given(st.from_regex(r"\A(55|52|54|886|1)[0-9]{8,12}\Z"))
def test_being_the_same_person_holds_both_ways(number: str):
    for other in same_person_numbers(number):
        assert number in same_person_numbers(other)


@given(st.text(st.characters(codec=None)), st.integers(1, 50))
def test_a_clean_name_is_short_single_spaced_and_stays_as_it_is(name: str, longest: int):
    clean = clean_name(name, longest=longest)
    assert len(clean) <= longest and clean == " ".join(clean.split())
    assert clean_name(clean, longest=longest) == clean
    assert not any(ord(letter) < 32 or "\u202a" <= letter <= "\u202e" for letter in clean)
    clean.encode("utf-8")


@pytest.mark.parametrize("name", ["林 美", "Ana Souza", "👩‍👩‍👧", "O'Brien-Smith", "محمد"])
def test_ordinary_names_stay_as_they_are(name: str):
    assert clean_name(name, longest=100) == name
