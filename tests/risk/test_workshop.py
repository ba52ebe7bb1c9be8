from datetime import UTC, datetime

import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.schemes import load_scheme
from wangge.plugin.risk.workshop.agenda import make_agenda
from wangge.plugin.risk.workshop.log import EventLog
from wangge.plugin.risk.workshop.minutes import minutes_html, settled_risks
from wangge.plugin.risk.workshop.opinions import spread
from wangge.plugin.risk.workshop.room import Room
from wangge.plugin.risk.workshop.session import Item, Session, checked_name
from wangge.plugin.rules.batch import make_batch


def make_session():
    items = (Item("R1", "一号桥", "桥梁", "建设路1号"), Item("R2", "二号<b>洞</b>"))
    return Session("七月评估会", load_scheme("lec"), items)


def lec(likelihood, exposure, consequence):
    return {"likelihood": likelihood, "exposure": exposure, "consequence": consequence}


def make_room(log=None):
    room = Room(make_session(), log)
    for name in ("王工", "李工", "张工"):
        room.add_participant(name)
    room.choose("R1")
    return room


def test_spread_is_median_range_and_agreement():
    room = make_room()
    room.give("王工", "R1", lec(6, 6, 15))
    room.give("李工", "R1", lec(3, 6, 15))
    room.give("张工", "R1", lec(1, 6, 40))
    opinions = spread(room.session, "R1")
    assert opinions.count == 3
    likelihood = opinions.factors["likelihood"]
    assert (likelihood.median, likelihood.low, likelihood.high) == (3, 1, 6)
    assert likelihood.agreement == pytest.approx(1 / 3)
    assert opinions.factors["exposure"].agreement == 1
    assert opinions.levels == {"red": 1, "orange": 2}
    assert not opinions.is_consensus
    assert opinions.proposal == lec(3, 6, 15)
    assert spread(room.session, "R2") is None


def test_of_two_middle_values_the_worse_is_proposed_so_that_it_is_in_the_set():
    room = make_room()
    room.give("王工", "R1", lec(6, 6, 15))
    room.give("李工", "R1", lec(3, 6, 15))
    assert spread(room.session, "R1").proposal == lec(6, 6, 15)


def test_a_second_opinion_of_one_person_replaces_the_first():
    room = make_room()
    room.give("王工", "R1", lec(6, 6, 15))
    room.give("王工", "R1", lec(3, 6, 15))
    assert spread(room.session, "R1").count == 1
    assert room.session.given["R1"]["王工"] == lec(3, 6, 15)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda r: r.give("王工", "R1", lec(5, 6, 15)), r"Likelihood \(L\) is 5"),
        (lambda r: r.give("王工", "R1", {"likelihood": 6}), "one value for each"),
        (lambda r: r.give("王工", "R9", lec(6, 6, 15)), "R9 is not on the agenda"),
        (lambda r: r.give("赵工", "R1", lec(6, 6, 15)), "Join the workshop"),
        (lambda r: r.give("王工", "R1", lec(float("nan"), 6, 15)), "missing"),
        (lambda r: r.add_participant("王工"), "王工 is in use"),
        (lambda r: r.settle("R1", lec(6, 6, 15), "x" * 501), "below 500"),
        (lambda r: r.choose("R9"), "not on the agenda"),
    ],
)
def test_what_cannot_happen_is_refused_and_changes_nothing(act, words):
    room = make_room()
    before = room.session
    with pytest.raises(WanggeError, match=words):
        act(room)
    assert room.session == before


def test_a_settled_risk_takes_no_more_opinions_until_reopened():
    room = make_room()
    room.settle("R1", lec(3, 6, 15), "一致同意")
    with pytest.raises(WanggeError, match="settled already"):
        room.give("王工", "R1", lec(6, 6, 15))
    room.reopen("R1")
    room.give("王工", "R1", lec(6, 6, 15))
    assert "R1" not in room.session.settled


def test_a_closed_workshop_notes_nothing_more():
    room = make_room()
    room.close()
    with pytest.raises(WanggeError, match="closed"):
        room.choose("R2")


@pytest.mark.parametrize("name", ["", "   ", "x" * 21, "<b>", "a\nb\x00", 'a"b'])
def test_names_that_are_none(name):
    with pytest.raises(WanggeError, match="Give a name"):
        checked_name(name)


def test_names_as_people_write_them():
    assert checked_name("  王  工 ") == "王 工"
    assert checked_name("阿依古丽·买买提") == "阿依古丽·买买提"


def test_a_crash_loses_nothing(tmp_path):
    log = EventLog(tmp_path / "会议.jsonl")
    room = make_room(log)
    room.give("王工", "R1", lec(6, 6, 15))
    room.settle("R1", lec(3, 6, 15), "定稿")
    # The power fails in the middle of a line.
    with log.path.open("ab") as target:
        target.write(b'{"kind": "given", "at"')
    again = Room(make_session(), EventLog(log.path))
    assert again.session.given["R1"]["王工"] == lec(6, 6, 15)
    assert again.session.settled["R1"].note == "定稿"
    assert "Lines 7" in again.warning
    again.add_participant("王工")
    again.give("王工", "R2", lec(1, 1, 1))
    third = Room(make_session(), EventLog(log.path))
    assert third.session.given["R2"]["王工"] == lec(1, 1, 1)


def test_a_log_that_cannot_be_written_stops_what_would_be_lost(tmp_path):
    log = EventLog(tmp_path / "gone" / "x.jsonl")
    room = Room(make_session(), log)
    with pytest.raises(WanggeError, match="cannot be written"):
        room.choose("R1")
    assert room.session.current == ""


def test_a_closed_log_can_be_read_again(tmp_path):
    log = EventLog(tmp_path / "x.jsonl")
    make_room(log).close()
    assert Room(make_session(), log).session.is_closed


def test_an_empty_agenda_is_refused():
    with pytest.raises(WanggeError, match="no risk on the agenda"):
        Room(Session("", load_scheme("lec"), ()))


def test_others_opinions_are_seen_only_once_revealed():
    room = make_room()
    room.give("王工", "R1", lec(6, 6, 15))
    assert room.view("李工")["risk"]["spread"] is None
    assert room.view("李工")["risk"]["mine"] is None
    assert room.view("李工")["risk"]["given"] == 1
    room.reveal("R1")
    assert room.view("李工")["risk"]["spread"]["levels"] == {"red": 1}


def test_session_codes_differ_and_are_matched_whatever_the_case():
    room, other = make_room(), make_room()
    assert room.code != other.code
    assert room.is_code(f" {room.code.lower()} ")
    assert not room.is_code(other.code)
    assert not room.is_code("")
    assert not room.is_code("会议码")


def test_minutes_hold_opinions_spread_and_settlement_with_nothing_unescaped():
    room = make_room()
    room.give("王工", "R1", lec(6, 6, 15))
    room.give("李工", "R1", lec(3, 6, 15))
    room.settle("R1", lec(3, 6, 15), "桥墩 <冲刷>")
    html = minutes_html(room.session, zone=UTC)
    assert "王工, 李工, 张工" in html
    assert "6 (3–6), 50%" in html
    assert "540 (270–540), 50%" in html
    assert "桥墩 &lt;冲刷&gt;" in html
    assert "二号&lt;b&gt;洞" in html
    assert "Not discussed: 1" in html
    assert "1 of 2 risks" in html
    assert f"{datetime.now(UTC):%Y-%m-%d}" in html
    (settled,) = settled_risks(room.session)
    assert (settled.code, settled.score, settled.level) == ("R1", 270, "orange")
    assert settled.reason == "桥墩 <冲刷>"


def test_the_agenda_takes_open_risks_the_worst_first():
    risks = make_batch(
        {
            "risk_code": ["A", "B", "C", None, "E"],
            "risk_name": ["甲", None, "丙", "丁", "戊"],
            "category": ["bridge", "本地类", None, None, None],
            "level": ["blue", "red", "red", "red", None],
            "status": ["open", "treating", "closed", "open", "open"],
        }
    )
    items = make_agenda(risks)
    assert [(i.code, i.name, i.category) for i in items] == [
        ("B", "B", "本地类"),
        ("A", "甲", "bridge"),
        ("E", "戊", ""),
    ]
