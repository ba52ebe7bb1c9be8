"""The small web page by which phones on the local network take part in a workshop."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ...errors import WanggeError
from ...translation import translate
from .limits import RateLimit
from .network import checked_address
from .room import Room

_PAGE = Path(__file__).resolve().parent / "page"
_FILES: Mapping[str, tuple[str, str]] = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
}
_LARGEST_BODY = 4_096
_MOST_READ = 65_536
_MOST_CONNECTIONS = 256
_SECONDS = 10
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class WorkshopServer:
    """Serves a room's page on one interface from `start` to `stop`.

    Parameters
    ----------
    room : Room
    address : str
        IPv4 address of one local interface; no default, the facilitator chooses.
    port : int
        0 takes a free one.
    requests, wrong_codes : RateLimit, optional
        How often one phone may ask, and how often it may give a wrong code.

    Raises
    ------
    WanggeError
        When the address is not local or the port is taken.
    """

    def __init__(
        self,
        room: Room,
        address: str,
        port: int = 0,
        *,
        requests: RateLimit | None = None,
        wrong_codes: RateLimit | None = None,
    ):
        self.room = room
        self.requests = requests or RateLimit(burst=60, per_second=10)
        self.wrong_codes = wrong_codes or RateLimit(burst=5, per_second=1 / 30)
        self.files = {
            path: ((_PAGE / name).read_bytes(), kind) for path, (name, kind) in _FILES.items()
        }
        self.is_stopped = False
        self._thread: threading.Thread | None = None
        try:
            self._http = _Server((checked_address(address), port), self)
        except OSError as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The workshop page cannot be opened on {address}, port {port}. Choose "
                    "another address or port.",
                ).format(address=address, port=port),
                detail=str(error),
            ) from error

    @property
    def authority(self) -> str:
        """Address and port, as the host is written in requests."""
        address, port = self._http.server_address[:2]
        return f"{address!s}:{port}"

    @property
    def url(self) -> str:
        """What participants type or scan; the code is not part of it."""
        return f"http://{self.authority}/"

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._http.serve_forever,
                kwargs={"poll_interval": 0.1},
                name="wangge-workshop",
                daemon=True,
            )
            self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port; may be called twice."""
        self.is_stopped = True
        if self._thread is not None:
            self._http.shutdown()
            self._thread.join()
            self._thread = None
        self._http.server_close()

    def __enter__(self) -> WorkshopServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], workshop: WorkshopServer):
        self.workshop = workshop
        self.connections = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self.connections.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.connections.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A phone that hangs up is no event."""


class _Refused(Exception):  # noqa: N818 - an answer, not a failure
    def __init__(self, status: HTTPStatus, message: str = ""):
        super().__init__(message)
        self.status = status
        self.message = message or status.phrase


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _SECONDS
    server_version = "Wangge"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        # Read whatever is decided: closing on unread bytes would cut the answer off.
        length = self.headers.get("Content-Length", "")
        self.length = int(length) if length.isascii() and length.isdigit() else -1
        self.body = self.rfile.read(min(max(self.length, 0), _MOST_READ))
        self._answer(self._post)

    def log_message(self, *_: object) -> None:
        """Requests are not logged: what happens is in the event log."""

    @property
    def room(self) -> Room:
        return self.server.workshop.room

    @property
    def client(self) -> str:
        return str(self.client_address[0])

    def _answer(self, action: Any) -> None:
        try:
            if self.server.workshop.is_stopped:
                raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE)
            if not self.server.workshop.requests.allows(self.client):
                raise _Refused(HTTPStatus.TOO_MANY_REQUESTS)
            # A foreign name for this address would be another site's script at work.
            if self.headers.get("Host") != self.server.workshop.authority:
                raise _Refused(HTTPStatus.MISDIRECTED_REQUEST)
            body, kind = action()
            self._send(HTTPStatus.OK, body, kind)
        except _Refused as refused:
            self._send_json(refused.status, {"error": refused.message})
        except WanggeError as error:
            self._send_json(HTTPStatus.CONFLICT, {"error": error.message})

    def _get(self) -> tuple[bytes, str]:
        if self.path in self.server.workshop.files:
            return self.server.workshop.files[self.path]
        if self.path == "/api/state":
            return self._json(self.room.view(self._participant()))
        raise _Refused(HTTPStatus.NOT_FOUND)

    def _post(self) -> tuple[bytes, str]:
        if self.path == "/api/join":
            # Before the body is looked at: guessing shall cost.
            if not self.server.workshop.wrong_codes.allows(self.client, 0):
                raise _Refused(HTTPStatus.TOO_MANY_REQUESTS)
            code, name = self._fields(code=str, name=str)
            if not self.room.is_code(code):
                self.server.workshop.wrong_codes.allows(self.client)
                raise _Refused(HTTPStatus.FORBIDDEN)
            return self._json({"token": self.room.join(name)})
        if self.path == "/api/give":
            name = self._participant()
            risk, values = self._fields(risk=str, values=dict)
            self.room.give(name, risk, _numbers(values))
            return self._json(self.room.view(name))
        raise _Refused(HTTPStatus.NOT_FOUND)

    def _participant(self) -> str:
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        name = self.room.participant(token) if scheme == "Bearer" and token else None
        if name is None:
            raise _Refused(HTTPStatus.UNAUTHORIZED)
        return name

    def _fields(self, **wanted: type) -> list[Any]:
        if self.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if self.length < 0:
            raise _Refused(HTTPStatus.LENGTH_REQUIRED)
        if self.length > _LARGEST_BODY:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            table = json.loads(self.body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise _Refused(HTTPStatus.BAD_REQUEST) from error
        if not isinstance(table, dict) or set(table) != set(wanted):
            raise _Refused(HTTPStatus.BAD_REQUEST)
        if any(not isinstance(table[key], kind) for key, kind in wanted.items()):
            raise _Refused(HTTPStatus.BAD_REQUEST)
        return [table[key] for key in wanted]

    def _json(self, table: Mapping[str, Any]) -> tuple[bytes, str]:
        text = json.dumps(table, ensure_ascii=False, allow_nan=False)
        return text.encode("utf-8"), "application/json; charset=utf-8"

    def _send_json(self, status: HTTPStatus, table: Mapping[str, Any]) -> None:
        self._send(status, *self._json(table))

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _numbers(values: dict[Any, Any]) -> dict[str, float]:
    for value in values.values():
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9:
            raise _Refused(HTTPStatus.BAD_REQUEST)
    return {str(key): float(value) for key, value in values.items()}
