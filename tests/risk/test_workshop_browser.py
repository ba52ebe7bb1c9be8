"""The page in a real browser, several participants at once; needs Chromium and its driver."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from base64 import b64decode
from pathlib import Path

import pytest
from wangge.plugin.risk.schemes import load_scheme
from wangge.plugin.risk.workshop.limits import RateLimit
from wangge.plugin.risk.workshop.room import Room
from wangge.plugin.risk.workshop.server import WorkshopServer
from wangge.plugin.risk.workshop.session import Item, Session

DRIVER = shutil.which("chromedriver")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DRIVER and BROWSER), reason="no Chromium with driver"),
]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Phone:
    """One browser window of a phone's size, spoken to by WebDriver."""

    def __init__(self, driver, language):
        self.driver = driver
        options = {
            "binary": BROWSER,
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=390,844",
                f"--lang={language}",
                f"--accept-lang={language}",
            ],
            "prefs": {"intl.accept_languages": language},
        }
        capabilities = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.driver = f"{driver}/session/{answer['sessionId']}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.driver + path, data, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.load(answer)["value"]

    def find(self, css):
        found = self.call("POST", "/element", {"using": "css selector", "value": css})
        return found[ELEMENT]

    def click(self, css):
        self.call("POST", f"/element/{self.find(css)}/click", {})

    def type(self, css, text):
        self.call("POST", f"/element/{self.find(css)}/value", {"text": text})

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def text(self, css):
        return self.run(f"return document.querySelector({css!r}).innerText")

    def wait(self, css, words):
        for _ in range(100):
            if words in self.text(css):
                return
            time.sleep(0.1)
        raise AssertionError(f"{css} shows {self.text(css)!r}, not {words!r}")

    def picture(self, path):
        path.write_bytes(b64decode(self.call("GET", "/screenshot")))

    def enter(self, server, name):
        self.call("POST", "/url", {"url": server.url})
        self.type("#code", server.room.code)
        self.type("#name", name)
        self.click("#join button")

    def give(self, **values):
        for field, value in values.items():
            self.click(f"input[name={field}][value='{value}']")
        self.click("#send")


@pytest.fixture(scope="module")
def driver():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [DRIVER, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/status", timeout=5).close()  # noqa: S310
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def phones(driver):
    opened = []
    try:
        for language in ("zh-CN", "zh-CN", "en-US"):
            opened.append(Phone(driver, language))
        yield opened
    finally:
        for phone in opened:
            phone.call("DELETE", "")


def test_three_participants_assess_a_risk_on_their_phones(phones, tmp_path):
    items = (
        Item("R1", "<b>一号桥</b>", "桥梁", "建设路 1 号", "桥墩冲刷，汛期通行量大"),
        Item("R2", "二号隧道"),
    )
    room = Room(Session("七月风险评估会", load_scheme("lec"), items))
    many = RateLimit(burst=10_000, per_second=1_000)
    # WANGGE_PICTURES keeps the pictures for the documentation.
    folder = Path(os.environ.get("WANGGE_PICTURES", tmp_path))
    with WorkshopServer(room, "127.0.0.1", requests=many) as server:
        first, second, third = phones
        for phone, name in zip(phones, ("王工", "李工", "Zhang"), strict=True):
            phone.enter(server, name)
        first.wait("#wait", "请等待主持人")
        third.wait("#wait", "Please wait")
        assert set(room.session.present) == {"王工", "李工", "Zhang"}
        room.choose("R1")
        for phone in phones:
            phone.wait("#risk-name", "1. <b>一号桥</b>")
        first.give(likelihood="6", exposure="6", consequence="15")
        second.give(likelihood="3", exposure="6", consequence="15")
        third.give(likelihood="0.5", exposure="6", consequence="15")
        first.wait("#mine", "已有 3 人提交")
        third.wait("#mine", "3 have sent")
        first.picture(folder / "workshop_phone_zh.png")
        third.picture(folder / "workshop_phone_en.png")
        assert first.text("#spread") == ""
        room.reveal("R1")
        first.wait("#spread", "意见不一")
        third.wait("#spread", "opinions differ")
        # A poll must not wipe what is being picked.
        assert (
            first.run("return document.querySelector('input[name=likelihood]:checked').value")
            == "6"
        )
        room.settle("R1", {"likelihood": 3, "exposure": 6, "consequence": 15}, "一致")
        for phone in (first, second):
            phone.wait("#settled", "较大（橙） · 270")
        assert second.run("return document.querySelector('#give').hidden")
        first.run("window.scrollTo(0, document.body.scrollHeight)")
        first.picture(folder / "workshop_phone_settled.png")
        third.click("#language")
        third.wait("#settled", "主持人定为")
        width = first.run("return [document.body.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1]
        for phone in phones:
            severe = [
                entry
                for entry in phone.call("POST", "/se/log", {"type": "browser"})
                if entry["level"] == "SEVERE"
            ]
            assert severe == []
    given = room.session.given["R1"]
    assert given["Zhang"] == {"likelihood": 0.5, "exposure": 6, "consequence": 15}


def test_a_wrong_code_is_said_and_a_lost_connection_too(phones):
    room = Room(Session("", load_scheme("lec"), (Item("R1", "一号桥"),)))
    with WorkshopServer(room, "127.0.0.1") as server:
        phone = phones[0]
        phone.call("POST", "/url", {"url": server.url})
        # Another port is another origin: no token of the test before.
        phone.type("#code", "WRONG")
        phone.type("#name", "王工")
        phone.click("#join button")
        phone.wait("#message", "会议码不正确")
        phone.run("document.querySelector('#code').value = ''")
        phone.type("#code", room.code)
        phone.click("#join button")
        phone.wait("#progress", "王工")
    phone.wait("#message", "连接已断开")


def test_a_scanned_code_brings_the_session_code_and_leaves_no_trace(phones):
    room = Room(Session("", load_scheme("lec"), (Item("R1", "一号桥"),)))
    with WorkshopServer(room, "127.0.0.1") as server:
        phone = phones[0]
        phone.call("POST", "/url", {"url": f"{server.url}#{room.code}"})
        assert phone.run("return document.querySelector('#code').value") == room.code
        assert room.code not in phone.run("return location.href")
        phone.type("#name", "李工")
        phone.click("#join button")
        phone.wait("#progress", "李工")
