"""A port that cannot be used is told in one sentence, before anything slow is done."""

import socket
from collections.abc import Iterator

import pytest

from config.setup.preflight import check_before_run, port_number, require_free_port
from config.setup.terminal import Stop


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_taken_port_is_named_with_the_way_out(taken_port):
    with pytest.raises(Stop, match=rf"^Port {taken_port} is already in use.*SIM_PORT=\d+ make run\.$"):
        require_free_port("127.0.0.1", taken_port, "SIM_PORT")


def test_a_port_taken_on_all_addresses_counts_as_taken():
    with (
        socket.create_server(("0.0.0.0", 0)) as server,
        pytest.raises(Stop, match="already in use"),
    ):
        require_free_port("127.0.0.1", server.getsockname()[1], "PORT")


def test_a_free_port_is_free_and_stays_free():
    port = free_port()
    require_free_port("127.0.0.1", port, "PORT")
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Stop, match=r"cannot listen on 192\.0\.2\.1.*check HOST and PORT"):
        require_free_port("192.0.2.1", 8000, "PORT")


@pytest.mark.parametrize("value", ["web", "0", "70000", "-1", "80.5", "８０００"])
def test_a_value_that_is_no_port_is_refused(value):
    with pytest.raises(Stop, match=f"^PORT={value} is not a port"):
        port_number({"PORT": value}, "PORT", 8000)


def test_an_unset_or_empty_port_means_the_default():
    assert port_number({}, "PORT", 8000) == 8000
    assert port_number({"PORT": ""}, "PORT", 8000) == 8000
    assert port_number({"PORT": " 9000 "}, "PORT", 8000) == 9000


def test_both_servers_on_one_port_are_refused(tmp_path):
    port = str(free_port())
    with pytest.raises(Stop, match="PORT and SIM_PORT are both"):
        check_before_run({"PORT": port, "SIM_PORT": port, "KEFU_DATA": str(tmp_path)})


def test_with_free_ports_and_a_usable_folder_nothing_is_in_the_way(tmp_path):
    environ = {"PORT": str(free_port()), "SIM_PORT": str(free_port()), "KEFU_DATA": str(tmp_path / "data")}
    check_before_run(environ)
    assert (tmp_path / "data").is_dir()
