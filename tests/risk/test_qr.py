"""QR codes of the workshop's address: one checked with a scanner, all read back module by module."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.risk.workshop.qr import LONGEST, SIZE, qr_code

ADDRESS = "http://192.168.1.20:47657/#3YYCWPVY"
# Read by zbarimg 0.23 as ADDRESS.
SCANNED = """
1fd7e97f 105bea41 175dc55d 174e7c5d 175fab5d 1044c841 1fd5557f 000a4200
13f1cf97 089d4396 184b6114 0c266a31 1c58e4c1 1b3e1ddb 15627a8d 1fb0d165
0e5434a0 163b0e3e 1bd9e721 1c37b15c 1f49affe 00168318 1fdab758 1057b912
1755bbf3 175eda2d 17462513 104b9075 1fdb5928
"""

MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)


def is_function(row, column):
    """Modules that hold no data in version 3, from the standard's figure."""
    corner = row < 9 and (column < 9 or column >= SIZE - 8)
    spot = 20 <= row <= 24 and 20 <= column <= 24
    return corner or (row >= SIZE - 8 and column < 9) or spot or 6 in (row, column)


def read(modules):
    """Return the text of a code, without correcting anything."""
    word = sum(int(modules[8, c]) << (14 - i) for i, c in enumerate([0, 1, 2, 3, 4, 5, 7, 8]))
    mask = (word >> 10 ^ 0b10101) & 7
    bits = []
    for turn, right in enumerate([*range(28, 6, -2), *range(5, 0, -2)]):
        for row in range(SIZE) if turn % 2 else reversed(range(SIZE)):
            for column in (right, right - 1):
                if not is_function(row, column):
                    flipped = MASKS[mask](row, column) == 0
                    bits.append(bool(modules[row, column]) ^ flipped)
    data = np.packbits(np.array(bits[: 70 * 8]))
    number = int.from_bytes(data.tobytes(), "big")
    total = 70 * 8
    assert number >> (total - 4) == 0b0100
    count = number >> (total - 12) & 0xFF
    shift = total - 12 - 8 * count
    return (number >> shift & (1 << 8 * count) - 1).to_bytes(count, "big").decode()


def test_the_code_is_the_one_that_a_scanner_read():
    rows = [int(word, 16) for word in SCANNED.split()]
    wanted = np.array([[row >> (SIZE - 1 - c) & 1 for c in range(SIZE)] for row in rows], bool)
    assert np.array_equal(qr_code(ADDRESS), wanted)
    assert read(wanted) == ADDRESS


@settings(max_examples=60)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=LONGEST))
def test_every_text_that_fits_can_be_read_back(text):
    assert read(qr_code(text)) == text


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "桥" * 15])
def test_a_text_that_does_not_fit_gives_none(text):
    assert qr_code(text) is None
