"""The guard that conftest puts up does hold."""

from __future__ import annotations

import socket

import pytest


def test_a_name_elsewhere_is_refused() -> None:
    with pytest.raises(AssertionError, match=r"news\.example"):
        socket.getaddrinfo("news.example", 443)


@pytest.mark.parametrize(
    ("family", "host"), [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")]
)
def test_an_address_elsewhere_is_refused(family: socket.AddressFamily, host: str) -> None:
    with (
        socket.socket(family, socket.SOCK_DGRAM) as connection,
        pytest.raises(AssertionError, match=host),
    ):
        connection.connect((host, 443))


def test_a_datagram_elsewhere_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection,
        pytest.raises(AssertionError, match="192"),
    ):
        connection.sendto(b"x", ("192.0.2.1", 53))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port)) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)
