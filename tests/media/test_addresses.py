"""Which addresses are public, in whatever notation."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.addresses import is_public, literal_address, parse_networks

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700::1111",
    "2a00:1450:4001:80b::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
]
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::8.8.8.8",
    "::ffff:0:0",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:8.8.8.8",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:0808:0808::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]

ipv4 = st.one_of(
    st.ip_addresses(v=4),
    st.sampled_from([IPv4Address(text) for text in PUBLIC + NOT_PUBLIC if ":" not in text]),
)


@pytest.mark.parametrize("text", PUBLIC)
def test_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@given(ipv4)
def test_nothing_is_public_that_python_holds_for_private(address: IPv4Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not any((address.is_multicast, address.is_reserved, address.is_loopback))


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_is_public_that_python_holds_for_private(address: IPv6Address) -> None:
    holds_ipv4 = address in ip_network("64:ff9b::/96") or address.ipv4_mapped
    if is_public(address) and not holds_ipv4:
        assert address.is_global
        assert not any((address.is_multicast, address.is_reserved, address.is_site_local))


@given(ipv4)
def test_an_ipv4_address_inside_an_ipv6_one_is_judged_as_itself(address: IPv4Address) -> None:
    mapped = IPv6Address(0xFFFF << 32 | int(address))
    translated = IPv6Address(int(IPv6Address("64:ff9b::")) | int(address))
    assert is_public(mapped) == is_public(translated) == is_public(address)


@given(ipv4)
def test_ways_around_that_are_out_of_use_are_never_public(address: IPv4Address) -> None:
    compatible = IPv6Address(int(address))
    six_to_four = IPv6Address(0x2002 << 112 | int(address) << 80)
    teredo = IPv6Address(0x20010000 << 96 | int(address) ^ 0xFFFFFFFF)
    assert not any(is_public(way) for way in (compatible, six_to_four, teredo))


@given(ipv4, st.data())
def test_every_notation_of_inet_aton_is_the_same_address(
    address: IPv4Address, data: st.DataObject
) -> None:
    value = int(address)
    kept = data.draw(st.integers(0, 3), label="parts before the last")
    numbers = [value >> (24 - 8 * place) & 0xFF for place in range(kept)]
    numbers.append(value & ((1 << 8 * (4 - kept)) - 1))
    forms = st.sampled_from(["{:d}", "0{:o}", "0x{:x}", "0X{:X}", "000{:o}", "0x00{:x}"])
    text = ".".join(data.draw(forms).format(number) for number in numbers)
    assert literal_address(text) == address
    # The C library, which would have connected, reads it the same way.
    assert socket.inet_aton(text) == address.packed


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0x0.0.01", "127.0.0.1"),
        ("0", "0.0.0.0"),  # noqa: S104
        ("0x0.0x", "0.0.0.0"),  # noqa: S104
        ("0xa9.254.0251.0xfe", "169.254.169.254"),
        ("2852039166", "169.254.169.254"),
        ("010.8.8.8", "8.8.8.8"),
    ],
)
def test_short_and_odd_notations(text: str, address: str) -> None:
    assert literal_address(text) == ip_address(address)


@pytest.mark.parametrize("name", ["localhost", "example.com", "1.2.3.4.example", "0xg", "a.1x"])
def test_a_name_is_no_address(name: str) -> None:
    assert literal_address(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.256",
        "4294967296",
        "1.16777216",
        "08.1.1.1",
        "a.1",
        "1..1",
        "0x1ffffffff",
        "fe80::1%eth0",
        "1::2::3",
        ":",
    ],
)
def test_what_is_neither_a_name_nor_an_address(text: str) -> None:
    with pytest.raises(ValueError, match="address"):
        literal_address(text)


def test_what_an_operator_allows_is_an_exception_in_every_form() -> None:
    allowed = parse_networks([" 10.1.0.0/16", "fd00::7"])
    assert is_public(ip_address("10.1.2.3"), allowed)
    assert is_public(ip_address("::ffff:10.1.2.3"), allowed)
    assert is_public(ip_address("fd00::7"), allowed)
    assert not is_public(ip_address("10.2.0.0"), allowed)
    assert not is_public(ip_address("fd00::8"), allowed)
    assert allowed[0] == ip_network("10.1.0.0/16")


def test_a_network_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        parse_networks(["10.0.0.1/8"])
