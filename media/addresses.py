"""Addresses of machines: which are public, and how people and servers may write them.

A name says nothing about where it leads, so it is not judged here: it is resolved, and every
address it leads to is judged.
"""

import re
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|0[0-7]*|[1-9][0-9]*")
_LIKE_A_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")

# https://www.iana.org/assignments/iana-ipv4-special-registry, with what no registry tells.
_NOT_PUBLIC_IPV4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this host, unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a carrier's customers; Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's platform, public only by its looks
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

# https://www.iana.org/assignments/ipv6-address-space: all that is given out to the public. Outside
# are loopback, unspecified, IPv4-compatible, unique local, link-local, site-local and multicast.
_GLOBAL_IPV6 = IPv6Network("2000::/3")
# https://www.iana.org/assignments/iana-ipv6-special-registry, what of it lies inside.
_NOT_PUBLIC_IPV6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, out of use since RFC 7526
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether anybody may reach `address`, or it lies in one of the `allowed` networks.

    An IPv4 address inside an IPv6 one, IPv4-mapped (RFC 4291) or translated (64:ff9b::/96,
    RFC 6052), is judged as itself, since that is where the connection ends.
    """
    end = _embedded(address)
    if any(end in network for network in allowed):
        return True
    if isinstance(end, IPv4Address):
        return not any(end in network for network in _NOT_PUBLIC_IPV4)
    return end in _GLOBAL_IPV6 and not any(end in network for network in _NOT_PUBLIC_IPV6)


def _embedded(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def literal_address(host: str) -> Address | None:
    """The address that `host` spells out, or None when it is a name.

    An IPv6 address stands without brackets. IPv4 has all the forms of inet_aton(3), which
    browsers and resolvers take: 127.0.0.1, 127.1, 2130706433, 0x7f.1, 0177.0.0.1. Source: WHATWG
    URL Standard, 3.5, "IPv4 parser". Raises ValueError for what is neither a name nor an
    address, such as 1.2.3.4.5, and for an address with a zone.
    """
    if ":" in host:
        if "%" in host:
            raise ValueError("an address with a zone is good on one machine only")
        return ip_address(host)
    parts = host.split(".")
    if not _LIKE_A_NUMBER.fullmatch(parts[-1]):
        return None
    if len(parts) > 4:
        raise ValueError("an IPv4 address has at most four parts")
    *leading, last = (_number(part) for part in parts)
    rest_bits = 8 * (4 - len(leading))
    if any(number > 255 for number in leading) or last >= 1 << rest_bits:
        raise ValueError("a part of an IPv4 address is too large")
    value = last
    for position, number in enumerate(leading):
        value |= number << (24 - 8 * position)
    return IPv4Address(value)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError("a part of an IPv4 address is not a number")
    if text[:2] in {"0x", "0X"}:
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks in CIDR form, or single addresses; ValueError names the one that is neither."""
    return tuple(ip_network(text.strip()) for text in texts)
