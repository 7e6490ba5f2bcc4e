"""Where deliveries may go: to addresses of the internet alone, unless whoever runs the server says otherwise.

A name is looked up once for each delivery, every address it has must be allowed, and the connection goes to an address
that was looked at: so a name that changes its mind between look and call leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from models.errors import UsageError
from models.text import T, Text

LONGEST_URL = 500
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: The only addresses of IPv6 that the internet uses; the rest stands for other addresses or for nothing.
_UNICAST = ipaddress.ip_network("2000::/3")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """Where a delivery goes.

    Parameters
    ----------
    secure
        Whether the way is encrypted.
    host, port
        As the address names them.
    path
        With the query.
    address
        The address of the internet to connect to.
    """

    secure: bool
    host: str
    port: int
    path: str
    address: str


def target_of(url: str, *, private: bool) -> Target:
    """Return where an address leads.

    Parameters
    ----------
    url
        The address of a webhook.
    private
        Whether it may lead to this machine and its network, also without encryption.

    Raises
    ------
    UsageError
        If deliveries may not go there.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refused(T("{url} is no address", url=url[:100])) from None
    schemes = ("https", "http") if private else ("https",)
    if parts.scheme not in schemes or not parts.hostname or len(url) > LONGEST_URL or not url.isascii():
        raise refused(T("deliveries go to {schemes} addresses", schemes=", ".join(schemes)))
    if parts.username is not None or parts.password is not None:
        raise refused(T("an address with a password in it is not taken"))
    secure = parts.scheme == "https"
    where = port or (443 if secure else 80)
    found = addresses_of(parts.hostname, where)
    if not private and not all(map(is_public, found)):
        raise refused(T("{host} is an address of this machine or of a private network", host=parts.hostname[:100]))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, parts.hostname, where, path, found[0])


def refused(why: Text) -> UsageError:
    """Return the refusal of an address."""
    return UsageError(why, T("give an https address that can be reached from the internet"))


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses of a name.

    Raises
    ------
    UsageError
        If it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise refused(T("the name {host} leads nowhere", host=host[:100]))
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(text: str) -> bool:
    """Return whether an address is one of the internet, and hides no other.

    Examples
    --------
    >>> [is_public(each) for each in ("93.184.215.14", "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "0.0.0.0")]
    [True, False, False, False, False, False]
    >>> [is_public(each) for each in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0")]
    [False, False, False, False]
    >>> [is_public(each) for each in ("2606:4700::1", "::127.0.0.1", "fec0::1", "64:ff9b:1::7f00:1")]
    [True, False, False, False]
    """
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        address = hidden(address) or address
    if isinstance(address, ipaddress.IPv6Address) and address not in _UNICAST:
        return False
    return address.is_global and not address.is_multicast


def hidden(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, ``None`` if it stands for itself."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
