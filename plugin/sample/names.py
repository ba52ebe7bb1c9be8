"""Invented names in the manner of Chinese towns: auspicious pairs, features, surnames."""

from __future__ import annotations

import numpy as np

_FIRST = "朝新永建和兴文长光福安平东西南北金玉龙凤青云石桂桃松竹梅柳荷春景瑞祥昌盛仁义德"
_SECOND = "阳华安设平隆化乐明寿宁湖门园山江桥台溪泉林岭坪湾坡塘井庙村源堤城河港口丰和"
_DISTRICTS = (
    *("临江", "云岭", "清河", "望山", "锦川", "平湖", "南浦", "北岸"),
    *("长岭", "双溪", "金坪", "秀水", "龙湾", "凤台", "石桥", "白沙"),
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞红鑫波斌宇浩凯"
_NUMERALS = "一二三四五六七八九十"


def pairs(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return ``n`` different short names; after all pairs are used up, longer ones."""
    every = np.array([a + b for a in _FIRST for b in _SECOND if a != b], dtype=object)
    order = rng.permutation(len(every))
    rounds = []
    for turn in range(-(-n // len(every))):
        names = every[order]
        if turn:
            names = names + every[(order + 37 * turn) % len(every)][::-1]
        rounds.append(names)
    names = np.concatenate(rounds) if rounds else np.empty(0, object)
    return names[:n]


def district_name(number: int) -> str:
    """Return the name of the ``number``-th invented district."""
    name = _DISTRICTS[number % len(_DISTRICTS)]
    turn = number // len(_DISTRICTS)
    return f"{name}{_numeral(turn)}区" if turn else f"{name}区"


def _numeral(n: int) -> str:
    return _NUMERALS[n - 1] if n <= 10 else _NUMERALS[n // 10 - 1] + _NUMERALS[n % 10 - 1]


def people(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return ``n`` names of people, of which some recur as in life."""
    surname = rng.choice(np.array(list(_SURNAMES), dtype=object), n)
    first = rng.choice(np.array(list(_GIVEN), dtype=object), n)
    second = rng.choice(np.array(["", *list(_GIVEN)], dtype=object), n)
    return surname + first + second


def phones(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return ``n`` mobile numbers of 11 digits, in form only."""
    head = rng.choice(np.array(["130", "135", "138", "150", "158", "186", "189"], dtype=object), n)
    tail = rng.integers(0, 10**8, n)
    return head + np.char.zfill(tail.astype(str), 8).astype(object)


def uuids(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return ``n`` version 4 identifiers drawn from ``rng``, so that a seed repeats them."""
    raw = rng.integers(0, 256, (n, 16), dtype=np.uint8)
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x40
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    hexes = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
    text = np.full((n, 36), ord("-"), dtype=np.uint8)
    places = [p for p in range(36) if p not in (8, 13, 18, 23)]
    digits = np.empty((n, 32), dtype=np.uint8)
    digits[:, 0::2] = hexes[raw >> 4]
    digits[:, 1::2] = hexes[raw & 15]
    text[:, places] = digits
    return text.view("S36").ravel().astype("U36").astype(object)


def numbers(values: np.ndarray, width: int) -> np.ndarray:
    """Return whole numbers as text of ``width`` digits."""
    if not len(values):  # NumPy 2 fills no empty column
        return np.empty(0, dtype=object)
    return np.char.zfill(np.asarray(values).astype(str), width).astype(object)
