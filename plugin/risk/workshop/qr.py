"""The workshop's address as a QR code (ISO/IEC 18004), version 3, error correction M.

Version 3-M holds 42 bytes: an address of the local network with the session code fits, and no
other text is ever encoded, so that one version is enough.
"""

from __future__ import annotations

import numpy as np

SIZE = 29
LONGEST = 42

_DATA, _CORRECTION = 44, 26
_ALIGNMENT = 22
_FORMAT_M = 0b00
_GENERATOR_BCH, _MASK_BCH = 0b10100110111, 0b101010000010010
_PADDING = (0xEC, 0x11)

_EXP = [1] * 255
for _i in range(1, 255):
    _doubled = _EXP[_i - 1] << 1
    _EXP[_i] = _doubled ^ 0x11D if _doubled & 0x100 else _doubled
_LOG = {value: power for power, value in enumerate(_EXP)}


def qr_code(text: str) -> np.ndarray | None:
    """Return the modules of a QR code, True for dark; None for a text that does not fit.

    Returns
    -------
    ndarray of bool, shape (29, 29), or None
        Without the quiet zone of four modules, which the caller leaves around it.
    """
    content = text.encode("utf-8")
    if len(content) > LONGEST:
        return None
    bits = _bits([*_codewords(content)])
    fixed = _fixed_modules()
    best, best_penalty = None, None
    for mask in range(8):
        modules = _placed(bits, fixed, mask)
        _write_format(modules, mask)
        penalty = _penalty(modules)
        if best_penalty is None or penalty < best_penalty:
            best, best_penalty = modules, penalty
    return best


def _codewords(content: bytes) -> list[int]:
    # Mode "byte", count, content, terminator, then padding up to the version's length.
    number = (0b0100 << 8 | len(content)) << 8 * len(content) | int.from_bytes(content, "big")
    length = 12 + 8 * len(content)
    number, length = number << 4, length + 4
    data = list(number.to_bytes(length // 8, "big"))
    data += [_PADDING[i % 2] for i in range(_DATA - len(data))]
    return data + _remainder(data)


def _remainder(data: list[int]) -> list[int]:
    """Return the Reed-Solomon correction codewords."""
    generator = [1]
    for power in range(_CORRECTION):
        generator = [
            a ^ _times(b, _EXP[power])
            for a, b in zip([*generator, 0], [0, *generator], strict=True)
        ]
    rest = data + [0] * _CORRECTION
    for i in range(len(data)):
        factor = rest[i]
        for j, coefficient in enumerate(generator):
            rest[i + j] ^= _times(coefficient, factor)
    return rest[len(data) :]


def _times(a: int, b: int) -> int:
    return _EXP[(_LOG[a] + _LOG[b]) % 255] if a and b else 0


def _bits(codewords: list[int]) -> list[bool]:
    return [bool(word >> shift & 1) for word in codewords for shift in range(7, -1, -1)]


def _fixed_modules() -> np.ndarray:
    """Return finders, timing and alignment as 0 and 1, what is left for data as -1."""
    modules = np.full((SIZE, SIZE), -1, dtype=np.int8)
    for top, left in ((0, 0), (0, SIZE - 7), (SIZE - 7, 0)):
        frame = np.s_[max(0, top - 1) : top + 8, max(0, left - 1) : left + 8]
        modules[frame] = 0
        modules[top : top + 7, left : left + 7] = _square(7)
    line = np.arange(8, SIZE - 8)
    modules[6, line] = modules[line, 6] = line % 2 == 0
    spot = slice(_ALIGNMENT - 2, _ALIGNMENT + 3)
    modules[spot, spot] = _square(5)
    # Kept free for the format: both copies, and the module that is always dark.
    modules[8, :9] = np.where(modules[8, :9] < 0, 0, modules[8, :9])
    modules[:9, 8] = np.where(modules[:9, 8] < 0, 0, modules[:9, 8])
    modules[8, SIZE - 8 :] = 0
    modules[SIZE - 8 :, 8] = 0
    return modules


def _square(side: int) -> np.ndarray:
    away = np.abs(np.arange(side) - side // 2)
    ring = np.maximum.outer(away, away)
    return (ring != side // 2 - 1).astype(np.int8)


def _placed(bits: list[bool], fixed: np.ndarray, mask: int) -> np.ndarray:
    modules = fixed == 1
    stream = iter(bits)
    upwards = True
    for right in (*range(SIZE - 1, 6, -2), *range(5, 0, -2)):
        rows = range(SIZE - 1, -1, -1) if upwards else range(SIZE)
        for row in rows:
            for column in (right, right - 1):
                if fixed[row, column] < 0:
                    modules[row, column] = next(stream, False) ^ _masked(mask, row, column)
        upwards = not upwards
    return modules


def _masked(mask: int, row: int, column: int) -> bool:
    product = row * column
    value = (
        (row + column) % 2,
        row % 2,
        column % 3,
        (row + column) % 3,
        (row // 2 + column // 3) % 2,
        product % 2 + product % 3,
        (product % 2 + product % 3) % 2,
        ((row + column) % 2 + product % 3) % 2,
    )[mask]
    return value == 0


def _write_format(modules: np.ndarray, mask: int) -> None:
    five = _FORMAT_M << 3 | mask
    rest = five << 10
    for shift in range(14, 9, -1):
        if rest >> shift & 1:
            rest ^= _GENERATOR_BCH << (shift - 10)
    code = (five << 10 | rest) ^ _MASK_BCH
    bits = [bool(code >> shift & 1) for shift in range(14, -1, -1)]
    rows = [*range(6), 7, 8]
    for i, bit in enumerate(bits[:7]):
        modules[8, rows[i]] = bit
        modules[SIZE - 1 - i, 8] = bit
    for i, bit in enumerate(bits[7:]):
        modules[rows[7 - i], 8] = bit
        modules[8, SIZE - 8 + i] = bit
    modules[SIZE - 8, 8] = True


def _penalty(modules: np.ndarray) -> int:
    """Return how hard a code is to read: long runs and blocks of one colour, uneven shares."""
    total = 0
    for lines in (modules, modules.T):
        for line in lines:
            edges = np.flatnonzero(np.diff(line.astype(np.int8)))
            runs = np.diff(np.concatenate([[-1], edges, [SIZE - 1]]))
            total += int((runs[runs >= 5] - 2).sum())
    blocks = modules[:-1, :-1]
    same = (blocks == modules[1:, :-1]) & (blocks == modules[:-1, 1:]) & (blocks == modules[1:, 1:])
    share = modules.mean() * 100
    return total + 3 * int(same.sum()) + 10 * int(abs(share - 50) // 5)
