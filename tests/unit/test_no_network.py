from __future__ import annotations

import socket
import urllib.request

import pytest

BLOCKED = r"connect to|getaddrinfo of"


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_tests_cannot_leave_this_machine(host):
    with pytest.raises(OSError, match=BLOCKED):
        socket.create_connection((host, 80), timeout=1)
    address = f"[{host}]" if ":" in host else host
    with pytest.raises(OSError, match=BLOCKED):
        urllib.request.urlopen(f"http://{address}/", timeout=1)


def test_an_address_beyond_is_refused_without_a_look_up():
    with socket.socket() as one, pytest.raises(OSError, match="connect to"):
        one.connect(("192.0.2.1", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(OSError, match="sendto to"):
        one.sendto(b"", ("192.0.2.1", 53))


def test_this_machine_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname(), timeout=1) as one,
    ):
        assert one.getpeername() == listener.getsockname()
