"""Connections to public machines only, judged by the address that is connected to."""

import ssl
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

import httpcore

from media.addresses import Address
from media.errors import DownloadFailed, ForbiddenAddress
from resources.downloads import Deadline
from resources.public_addresses import PublicAddresses


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
