"""Connections to public addresses only, whatever a name, a redirect or a name server says.

A name is resolved once for each connection. All its addresses are judged; if one is not public,
none is used. The connection goes to a judged address, never to the name, so that a name server
cannot answer a second time, and who is at the other end is looked at once more.
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from media.addresses import Address, Network, is_public, literal_address
from media.errors import DownloadFailed, ForbiddenAddress, UrlNotFound

Resolver = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its addresses; raises `socket.gaierror`."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host` as this machine resolves names, in order of preference."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers))


@dataclass(frozen=True)
class PublicAddresses:
    """Says which addresses may be connected to, and finds those of a name."""

    allowed: Sequence[Network] = ()
    resolver: Resolver = resolve

    def require(self, address: Address) -> None:
        """Raise `ForbiddenAddress` unless `address` is public or allowed by the operator.

        The message does not name it: who asks shall not learn what a name means in here.
        """
        if not is_public(address, self.allowed):
            raise ForbiddenAddress(
                "the address leads to a machine that is not public; "
                "files are fetched from public ones only"
            )

    def of(self, host: str, port: int, timeout_s: float) -> list[Address]:
        """The addresses of `host`, each judged, in the resolver's order, at least one."""
        literal = literal_address(host)
        found = [literal] if literal else self._resolved(host, port, timeout_s)
        for address in found:
            self.require(address)
        return found

    def _resolved(self, host: str, port: int, timeout_s: float) -> list[Address]:
        # The system's resolver knows no time limit, so it is left behind when it takes too long.
        answers: SimpleQueue[Sequence[str] | OSError] = SimpleQueue()
        Thread(target=self._answer, args=(host, port, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=timeout_s)
        except Empty:
            raise DownloadFailed("the name of the machine could not be resolved in time") from None
        if isinstance(answer, OSError):
            if answer.errno == socket.EAI_NONAME:
                raise UrlNotFound("there is no machine of that name") from answer
            raise DownloadFailed("the name of the machine could not be resolved") from answer
        if not answer:
            raise UrlNotFound("there is no machine of that name")
        return [ip_address(text) for text in answer]

    def _answer(self, host: str, port: int, answers: "SimpleQueue[Any]") -> None:
        try:
            answers.put(self.resolver(host, port))
        except OSError as error:
            answers.put(error)
