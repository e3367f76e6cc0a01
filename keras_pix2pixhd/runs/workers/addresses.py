"""The addresses of processes that train together."""

import ipaddress
import re


def checked_addresses(addresses):
    """Refuses what no process can listen at.

    Args:
        addresses: list of str, `host:port`; a host is a name, an IPv4
            address, or an IPv6 one in brackets.

    Returns:
        The same as a tuple.

    Raises:
        ValueError: if one is no such text, or two are equal.

    Example:

    >>> checked_addresses(["gpu-1:2222", "10.0.0.2:2222", "[::1]:2222"])
    ('gpu-1:2222', '10.0.0.2:2222', '[::1]:2222')
    """
    for address in addresses:
        if not isinstance(address, str) or not _fits(address):
            raise ValueError(
                "an address must be host:port with a port from 1 to 65535, "
                f"not {address!r}"
            )
    twice = {a for a in addresses if addresses.count(a) > 1}
    if twice:
        raise ValueError(
            "each process must have an address of its own, not "
            f"{min(twice)!r} twice"
        )
    return tuple(addresses)


def _fits(address):
    host, _, port = address.rpartition(":")
    if not re.fullmatch("[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        return False
    bare = host.removeprefix("[").removesuffix("]")
    if f"[{bare}]" == host or re.fullmatch(r"[0-9.]+", host):
        return _is_ip(bare)
    return re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*)", host) is not None


def _is_ip(host):
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
