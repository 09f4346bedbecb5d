"""Stopping and starting keeps everything, and what was waiting goes on."""

from pathlib import Path

import pytest
import requests

from tests.house.house import PASSWORD, running_house

pytestmark = pytest.mark.browser


def _signed_in(url: str) -> requests.Session:
    session = requests.Session()
    session.get(f"{url}/api/v1/session", timeout=10)
    headers = {"X-CSRFToken": session.cookies["csrftoken"]}
    answer = session.post(
        f"{url}/api/v1/session", json={"email": "ben@kefu.demo", "password": PASSWORD}, headers=headers, timeout=10
    )
    assert answer.status_code == 200, answer.text
    return session


def test_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    with running_house(tmp_path) as house:
        before = _signed_in(house.url).get(f"{house.url}/api/v1/conversations/counts", timeout=10).json()
        people = len(requests.get(f"{house.phone_url}/__sim/customers", timeout=10).json()["results"])
        env = house.env
    with running_house(tmp_path, env=env) as house:
        after = _signed_in(house.url).get(f"{house.url}/api/v1/conversations/counts", timeout=10).json()
        assert after == before
        assert len(requests.get(f"{house.phone_url}/__sim/customers", timeout=10).json()["results"]) == people
