"""Real web servers of files for tests: as they should be, and as bad as they come."""

import contextlib
import socket
import ssl
import sys
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

Route = Callable[["Exchange"], None]


class FileServer:
    """Serves `routes`, a path each, on a thread a connection, and remembers what was asked."""

    def __init__(
        self, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.routes: dict[str, Route] = {}
        self.connections = 0
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()
        self._server = _Server(host, port, self, tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The URL of a path, by any name that leads here."""
        return f"http://{host}:{self.port}{path}"

    def __enter__(self) -> "FileServer":
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, port: int, files: FileServer, tls: ssl.SSLContext | None) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.files = files
        self.tls = tls
        super().__init__((host, port), Exchange)

    def get_request(self) -> tuple[Any, Any]:
        connection, peer = super().get_request()
        self.files.connections += 1
        if self.tls is not None:
            connection = self.tls.wrap_socket(connection, server_side=True)
        return connection, peer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell it, but for a client that leaves in the middle: the tests are about those."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Exchange(BaseHTTPRequestHandler):
    """One request and the answer to it."""

    protocol_version = "HTTP/1.1"
    server: _Server

    @property
    def stopping(self) -> threading.Event:
        """Set when the test is over."""
        return self.server.files.stopping

    def do_GET(self) -> None:
        """Note the request and follow its route."""
        self.server.files.requests.append((self.path, dict(self.headers.items())))
        self.server.files.routes.get(self.path, status(404))(self)

    def head(self, code: int, **headers: str) -> None:
        """Send the status and headers; underscores in their names are hyphens."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value.encode().decode("latin-1"))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody reads it."""


def file(body: bytes, **headers: str) -> Route:
    """A whole file, with its length."""

    def route(exchange: Exchange) -> None:
        exchange.head(200, **{"Content-Length": str(len(body)), **headers})
        exchange.wfile.write(body)

    return route


def status(code: int, **headers: str) -> Route:
    """An answer without a file, whose body nobody should repeat."""

    def route(exchange: Exchange) -> None:
        body = b"internal: db1.corp said no"
        exchange.head(code, **{"Content-Length": str(len(body)), **headers})
        exchange.wfile.write(body)

    return route


def redirect(location: str, code: int = 302) -> Route:
    return status(code, Location=location)


def one_after_the_other(*routes: Route) -> Route:
    """A route that changes from request to request, and stays with the last."""
    left = list(routes)

    def route(exchange: Exchange) -> None:
        current = left.pop(0) if len(left) > 1 else left[0]
        current(exchange)

    return route


def cut(body: bytes, declared_bytes: int) -> Route:
    """A file whose end does not come."""

    def route(exchange: Exchange) -> None:
        exchange.head(200, Content_Length=str(declared_bytes))
        exchange.wfile.write(body)
        exchange.close_connection = True

    return route


def held_open(body: bytes) -> Route:
    """A whole file on a connection that the server keeps, whatever it was asked."""

    def route(exchange: Exchange) -> None:
        file(body)(exchange)
        exchange.wfile.flush()
        exchange.stopping.wait()

    return route


def chunked(chunk: bytes, times: int | None, whole: bool = True) -> Route:
    """A file of unknown length: `times` chunks, for ever when None, with an end when `whole`."""

    def route(exchange: Exchange) -> None:
        exchange.head(200, Transfer_Encoding="chunked")
        sent = 0
        while (times is None or sent < times) and not exchange.stopping.is_set():
            exchange.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
            sent += 1
        if whole:
            exchange.wfile.write(b"0\r\n\r\n")
        exchange.close_connection = True

    return route


def drip(*, headers_too: bool = False) -> Route:
    """A byte now and then, for longer than anybody should wait."""

    def route(exchange: Exchange) -> None:
        if not headers_too:
            exchange.head(200, Content_Length="1000000")
        else:
            exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(500):
            if exchange.stopping.wait(0.02):
                break
            exchange.wfile.write(b"x")
        exchange.close_connection = True

    return route


def silence(exchange: Exchange) -> None:
    """No answer."""
    exchange.stopping.wait()


def raw(data: bytes) -> Route:
    """Whatever these bytes are."""

    def route(exchange: Exchange) -> None:
        exchange.wfile.write(data)
        exchange.close_connection = True

    return route


def gzip_bomb(unzipped_bytes: int) -> bytes:
    """A gzip file of zeros, a thousandth of what it holds."""
    zipper = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    million = bytes(1_000_000)
    parts = [zipper.compress(million) for _ in range(unzipped_bytes // len(million))]
    return b"".join([*parts, zipper.flush()])


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate for a host's name that vouches for itself, and a server's use of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.crt", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context


def second_at_port(host: str, port: int) -> FileServer | None:
    """A server on another address at the same port; None when it is taken there."""
    with contextlib.suppress(OSError):
        return FileServer(host, port)
    return None
