"""Connections to public addresses only, whatever a name, a redirect or a name server says.

A name is resolved once for each connection. All its addresses are judged; if one is not public,
none is used. The connection goes to a judged address, never to the name, so that a name server
cannot answer a second time, and who is at the other end is looked at once more.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore

from media.addresses import Address, Network, is_public, literal_address
from media.errors import DownloadFailed, ForbiddenAddress, UrlNotFound
from resources.downloads import Deadline

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


class PublicNetwork(httpcore.NetworkBackend):
    """Opens connections to judged addresses, and keeps each to a deadline."""

    def __init__(self, addresses: PublicAddresses, deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of `host` that answers.

        Raises `ForbiddenAddress`, `UrlNotFound`, `DownloadFailed`, or what httpcore raises when
        no address answers.
        """
        *others, last = self._addresses.of(host, port, self._deadline.at_most_s(timeout))
        for address in others:
            try:
                return self._connected(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(last, port, timeout, local_address, socket_options)

    def _connected(
        self,
        address: Address,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        stream = self._backend.connect_tcp(
            str(address), port, self._deadline.at_most_s(timeout), local_address, socket_options
        )
        try:
            self._addresses.require(ip_address(stream.get_extra_info("server_addr")[0]))
        except BaseException:
            stream.close()
            raise
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Never: no URL leads to one."""
        raise ForbiddenAddress("no file is fetched from a socket of this machine")


class _TimedStream(httpcore.NetworkStream):
    """A connection each of whose waits ends with the deadline, so that drops of data cannot
    keep it alive."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.at_most_s(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.at_most_s(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            secure = self._stream.start_tls(
                ssl_context, server_hostname, self._deadline.at_most_s(timeout)
            )
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise DownloadFailed(
                    "the server's certificate does not prove that it is who the address says"
                ) from error
            raise
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
