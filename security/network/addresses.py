"""Networks as people write them: ``10.0.0.0/8``, ``2001:db8::/32``, one address."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.utils.translation import gettext_lazy as _

from security.errors import Invalid

Network = IPv4Network | IPv6Network
_MAPPED_BITS = 96  # ::ffff:0:0/96 holds all of IPv4


def as_network(spelled: str) -> Network:
    """Raises ``ValueError``. What is IPv4 within IPv6 is IPv4: that is how addresses of requests are known."""
    network = ip_network(spelled.strip(), strict=False)
    if isinstance(network, IPv6Network):
        if network.network_address.scope_id:
            raise ValueError("an address of one machine's own line")
        inner = network.network_address.ipv4_mapped
        if inner is not None and network.prefixlen >= _MAPPED_BITS:
            return IPv4Network((inner, network.prefixlen - _MAPPED_BITS), strict=False)
    return network


def checked_network(spelled: str, *, field: str) -> str:
    """In its shortest spelling. Raises ``Invalid``."""
    try:
        return str(as_network(spelled))
    except ValueError:
        words = _("“%(value)s” is no address or network. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.")
        raise Invalid(field=field, message=words % {"value": spelled.strip()[:60]}) from None


def checked_networks(spelled: Sequence[str], *, field: str, most: int = 50) -> list[str]:
    if len(spelled) > most:
        raise Invalid(field=field, message=_("At most %(n)s addresses.") % {"n": most})
    return list(dict.fromkeys(checked_network(one, field=field) for one in spelled if one.strip()))


def within(address: str, networks: Iterable[Network]) -> bool:
    """Whether ``address`` lies in one of them; what is no address lies in none."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in networks)
