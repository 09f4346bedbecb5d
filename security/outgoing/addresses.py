"""Which addresses Kefu may connect to: those of the internet, and the private networks the operator names.

Decided over what a name resolved to, never over how it is spelled: ``2130706433``, ``0x7f.1`` and ``localhost`` all end
as 127.0.0.1 here.
"""

import ipaddress
import socket
from functools import lru_cache

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Ways of writing an IPv4 address into an IPv6 one: the network, and how many bits follow the address. Whatever unpacks
# it (the system itself, a gateway) would go on to the inner one.
_WRAPPERS = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),  # translated, RFC 2765
    (ipaddress.IPv6Network("::/96"), 0),  # compatible, long since given up
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")  # all that was ever given out; Python takes site-local ones for public
# Their inner address cannot be told for certain: NAT64 of a local kind (any prefix length), Teredo (scrambled).
_OPAQUE = (ipaddress.IPv6Network("64:ff9b:1::/48"), ipaddress.IPv6Network("2001::/32"))


class AddressRefused(OSError):
    """The name leads to where Kefu does not go."""


def leads_inside(error: BaseException) -> bool:
    """Whether a call failed because of where it would have gone, however many libraries wrapped that."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, AddressRefused):
            return True
        if isinstance(one, BaseException) and all(one is not other for other in seen):
            seen.append(one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return False


def reachable(host: str, port: int) -> list[str]:
    """The addresses of ``host``, looked up once. One that is not allowed spoils all: a name that leads to both here and
    there is set up so that it does. Raises ``AddressRefused``, and ``socket.gaierror`` where there is no such name."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for one in addresses:
        if not may_reach(one):
            raise AddressRefused(f"{host} leads to {one}, which is not an address of the internet")
    return addresses


def may_reach(address: str) -> bool:
    try:
        given: Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    meant = _unwrapped(given)
    named = _named(tuple(settings.KEFU_PRIVATE_NETWORKS))
    return _is_public(meant) or any(meant in network for network in named)


def _is_public(address: Address) -> bool:
    if address.version == 6 and (address not in _GLOBAL_6 or any(address in network for network in _OPAQUE)):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _unwrapped(address: Address) -> Address:
    for network, below in _WRAPPERS:
        if address in network and int(address) > 1:  # ``::`` and ``::1`` are addresses of their own
            return ipaddress.IPv4Address(int(address) >> below & 0xFFFFFFFF)
    return address


@lru_cache(maxsize=8)
def _named(networks: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(one) for one in networks)
