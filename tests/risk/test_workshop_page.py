"""The page over real sockets."""

import http.client
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.schemes import load_scheme
from wangge.plugin.risk.workshop.limits import RateLimit
from wangge.plugin.risk.workshop.log import EventLog
from wangge.plugin.risk.workshop.network import checked_address, local_addresses
from wangge.plugin.risk.workshop.room import Room
from wangge.plugin.risk.workshop.server import WorkshopServer
from wangge.plugin.risk.workshop.session import Item, Session

VALUES = {"likelihood": 6, "exposure": 6, "consequence": 15}


@pytest.fixture
def server(tmp_path):
    items = tuple(Item(f"R{i}", f"{i}号桥") for i in range(3))
    room = Room(Session("评估会", load_scheme("lec"), items), EventLog(tmp_path / "log.jsonl"))
    room.choose("R0")
    # Many phones of the test share one address.
    limit = RateLimit(burst=10_000, per_second=1_000)
    with WorkshopServer(room, "127.0.0.1", requests=limit) as running:
        yield running


def ask(server, method, path, body=None, *, token="", host=None, headers=None):
    """Return status, headers and body of one request."""
    connection = http.client.HTTPConnection(server.authority, timeout=10)
    sent = {"Host": host or server.authority, **(headers or {})}
    if token:
        sent["Authorization"] = f"Bearer {token}"
    if body is not None and "Content-Type" not in sent:
        sent["Content-Type"] = "application/json"
    data = json.dumps(body).encode() if isinstance(body, dict | list) else body
    try:
        connection.request(method, path, data, sent)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def join(server, name):
    status, _, body = ask(
        server, "POST", "/api/join", {"code": server.room.code.lower(), "name": name}
    )
    assert status == 200
    return json.loads(body)["token"]


def test_a_phone_joins_gives_and_sees_what_was_settled(server):
    token = join(server, "王工")
    status, _, body = ask(
        server, "POST", "/api/give", {"risk": "R0", "values": VALUES}, token=token
    )
    assert status == 200
    assert json.loads(body)["risk"]["mine"] == VALUES
    assert server.room.session.given["R0"]["王工"] == VALUES
    server.room.settle("R0", VALUES)
    view = json.loads(ask(server, "GET", "/api/state", token=token)[2])
    assert view["risk"]["settled"]["level"] == "red"


def test_the_page_needs_nothing_from_elsewhere(server):
    for path, kind in (("/", "text/html"), ("/page.js", "text/javascript"), ("/page.css", "css")):
        status, headers, body = ask(server, "GET", path)
        assert status == 200
        assert kind in headers["Content-Type"]
        assert b"http:" not in body
        assert b"https:" not in body
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert "Python" not in headers["Server"]


def test_twenty_phones_at_once(server, tmp_path):
    def take_part(number):
        token = join(server, f"参会人{number}")
        for risk in ("R0", "R1", "R2"):
            values = {**VALUES, "likelihood": (6, 3)[number % 2]}
            status, *_ = ask(
                server, "POST", "/api/give", {"risk": risk, "values": values}, token=token
            )
            assert status == 200
            assert ask(server, "GET", "/api/state", token=token)[0] == 200

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(take_part, range(20)))
    session = server.room.session
    assert [len(session.given[risk]) for risk in ("R0", "R1", "R2")] == [20, 20, 20]
    events, broken = EventLog(tmp_path / "log.jsonl").read()
    assert broken == []
    assert len(events) == 1 + 20 + 60
    assert tuple(events) == session.events


def test_one_name_is_taken_by_one_of_many(server):
    def attempt(_):
        body = {"code": server.room.code, "name": "王工"}
        return ask(server, "POST", "/api/join", body)[0]

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(attempt, range(8)))
    assert answers == [200] + [409] * 7


def test_without_code_or_token_nothing_is_told(server):
    assert ask(server, "GET", "/api/state")[0] == 401
    for guess in ("x", "é", "x" * 5_000):
        assert ask(server, "GET", "/api/state", token=guess)[0] == 401
    body = {"risk": "R0", "values": VALUES}
    assert ask(server, "POST", "/api/give", body)[0] == 401
    status, _, text = ask(server, "POST", "/api/join", {"code": "AAAAAAAA", "name": "王工"})
    assert status == 403
    assert server.room.code.encode() not in text
    assert server.room.session.participants == ()


def test_guessing_the_code_is_stopped_even_for_the_right_one(server):
    for _ in range(5):
        assert ask(server, "POST", "/api/join", {"code": "x", "name": "a"})[0] == 403
    right = {"code": server.room.code, "name": "王工"}
    assert ask(server, "POST", "/api/join", right)[0] == 429


def test_a_released_phone_is_out(server):
    token = join(server, "王工")
    server.room.release("王工")
    assert ask(server, "GET", "/api/state", token=token)[0] == 401
    assert join(server, "王工") != token


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[" * 4000, {}, 400),
        (b"\xff\xfe", {}, 400),
        ([], {}, 400),
        ({"risk": "R0"}, {}, 400),
        ({"risk": "R0", "values": VALUES, "more": 1}, {}, 400),
        ({"risk": 7, "values": VALUES}, {}, 400),
        ({"risk": "R0", "values": {**VALUES, "likelihood": "6"}}, {}, 400),
        ({"risk": "R0", "values": {**VALUES, "likelihood": True}}, {}, 400),
        (b'{"risk": "R0", "values": {"likelihood": 1e999}}', {}, 400),
        ({"risk": "R0", "values": {**VALUES, "likelihood": 5}}, {}, 409),
        ({"risk": "../R0", "values": VALUES}, {}, 409),
        ({"risk": "R0", "values": {}}, {}, 409),
        (b"x" * 50_000, {}, 413),
        ({"risk": "R0", "values": VALUES}, {"Content-Type": "text/plain"}, 415),
        (
            b"risk=R0",
            {"Content-Type": "application/x-www-form-urlencoded"},
            415,
        ),
    ],
)
def test_input_that_is_not_as_it_must_be_is_refused(server, body, headers, status):
    token = join(server, "王工")
    assert ask(server, "POST", "/api/give", body, token=token, headers=headers)[0] == status
    assert "R0" not in server.room.session.given


@pytest.mark.parametrize("path", ["/../server.py", "/page/index.html", "/api", "/?x=1"])
def test_no_other_path_exists(server, path):
    assert ask(server, "GET", path)[0] == 404


def test_other_methods_and_foreign_host_names_are_refused(server):
    assert ask(server, "PUT", "/api/give", {})[0] == 501
    assert ask(server, "GET", "/", host="evil.example")[0] == 421
    assert ask(server, "GET", "/", host=f"localhost:{server.authority.split(':')[1]}")[0] == 421


def test_a_flood_from_one_address_is_slowed():
    room = Room(Session("", load_scheme("lec"), (Item("R0", "桥"),)))
    limit = RateLimit(burst=10, per_second=0.001)
    with WorkshopServer(room, "127.0.0.1", requests=limit) as server:
        answers = [ask(server, "GET", "/")[0] for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_a_bucket_refills_with_time_and_forgets_the_oldest():
    moment = [0.0]
    limit = RateLimit(burst=2, per_second=1, clock=lambda: moment[0])
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
    assert limit.allows("b")
    moment[0] = 1.0
    assert [limit.allows("a") for _ in range(2)] == [True, False]
    for i in range(5_000):
        limit.allows(str(i))
    assert len(limit._buckets) <= 2_000


def test_stop_frees_the_port_and_leaves_no_thread(server):
    host, port = server.authority.split(":")
    server.stop()
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        ask(server, "GET", "/")
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind((host, int(port)))
    for _ in range(100):
        if not any(t.name == "wangge-workshop" for t in threading.enumerate()):
            break
        time.sleep(0.05)
    assert not any(t.name == "wangge-workshop" for t in threading.enumerate())


def test_a_phone_that_says_nothing_holds_nobody_up(server):
    with socket.create_connection(server.authority.split(":")) as idle:
        idle.sendall(b"POST /api/give HTTP/1.1\r\nContent-Length: 100\r\n")
        assert ask(server, "GET", "/")[0] == 200


@pytest.mark.parametrize(
    "address",
    [
        "",
        "0.0.0.0",  # noqa: S104 - refused below
        "::",
        "8.8.8.8",
        "localhost",
        "255.255.255.255",
    ],
)
def test_only_one_local_interface_is_bound(address):
    room = Room(Session("", load_scheme("lec"), (Item("R0", "桥"),)))
    with pytest.raises(WanggeError, match="Choose one address of the local network"):
        WorkshopServer(room, address)


def test_a_taken_port_is_named(server):
    with pytest.raises(WanggeError, match=r"127\.0\.0\.1, port"):
        WorkshopServer(server.room, "127.0.0.1", int(server.authority.split(":")[1]))


def test_addresses_offered_are_local_and_usable():
    addresses = local_addresses()
    assert "127.0.0.1" in addresses
    for address in addresses:
        assert checked_address(address) == address
