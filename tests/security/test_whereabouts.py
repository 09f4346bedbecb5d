"""Where addresses are, coarsely and offline, and how far apart."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet  # type: ignore[import-untyped]

from security.whereabouts import Place, country_name, kilometres, place_of, shown_network
from tests.worlds.browsers import GERMANY, TAIPEI, TOKYO


@pytest.mark.parametrize(
    ("ip", "country"),
    [(TAIPEI, "TW"), (TOKYO, "JP"), (GERMANY, "DE"), (f"::ffff:{TAIPEI}", "TW"), ("2001:b000:168::1", "TW")],
)
def test_a_public_address_is_in_a_country(ip: str, country: str):
    assert place_of(ip) == Place(country=country)


@pytest.mark.parametrize("ip", ["10.0.0.1", "192.168.1.1", "127.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.1.2.3"])
def test_ones_own_house_is_private(ip: str):
    assert place_of(ip) == Place(private=True)


@pytest.mark.parametrize("ip", ["", "nowhere", "999.1.1.1", "1.2.3.4, 5.6.7.8", "1.2.3.4:80"])
def test_of_what_is_no_address_nothing_is_known(ip: str):
    assert place_of(ip) == Place()


def test_a_database_of_the_operator_counts_first(settings: Any, tmp_path: Path):
    written = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="City")
    tokyo = {"country": {"iso_code": "JP"}, "location": {"latitude": 35.5, "longitude": 139.75}}
    written.insert_network(IPSet([f"{TAIPEI}/32"]), tokyo)
    written.to_db_file(str(tmp_path / "own.mmdb"))
    settings.KEFU_GEOIP_DATABASE = tmp_path / "own.mmdb"
    assert place_of(TAIPEI) == Place("JP", latitude=35.5, longitude=139.75)
    assert place_of(GERMANY) == Place()


def test_the_package_leaves_the_process_its_tracebacks_and_warnings():
    """It sets both, for everybody, when it is imported."""
    place_of(TAIPEI)
    assert getattr(sys, "tracebacklimit", None) != 0
    assert os.environ.get("PYTHONWARNINGS") != "ignore"


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:12:34:56::1", "2001:db8:12::/48"),
        ("", ""),
        ("evil<b>", ""),
    ],
)
def test_a_mail_says_the_network_and_never_the_address(ip: str, network: str):
    assert shown_network(ip) == network


def test_countries_have_names_in_both_languages():
    assert country_name("DE", "zh-hant") == "德國" and country_name("DE", "en") == "Germany"
    assert (
        country_name("TW", "zh-hant") == "台灣" and country_name("", "en") == "" and country_name("ZZZ", "en") == "ZZZ"
    )


def test_countries_are_as_far_apart_as_their_nearest_cities():
    assert 8_500 < kilometres(Place("TW"), Place("DE")) < 9_500
    assert kilometres(Place("DE"), Place("AT")) < 600
    assert kilometres(Place("US"), Place("US")) == 0 == kilometres(Place("TW"), Place(""))


def test_with_places_it_is_the_distance_between_them():
    taipei = Place("TW", latitude=25.03, longitude=121.57)
    kaohsiung = Place("TW", latitude=22.63, longitude=120.30)
    assert kilometres(taipei, kaohsiung) == pytest.approx(297, abs=5)
    assert kilometres(taipei, Place("TW")) == 0


def test_across_the_date_line_the_short_way_counts():
    fiji, samoa = Place("FJ", latitude=-18.1, longitude=178.4), Place("WS", latitude=-13.8, longitude=-171.8)
    assert kilometres(fiji, samoa) == pytest.approx(1150, abs=60)
