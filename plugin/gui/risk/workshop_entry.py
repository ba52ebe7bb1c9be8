"""What the facilitator types for those without a phone: a name and a number for each factor."""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import WanggeError
from ...risk.scheme import Scheme
from ...translation import translate


def parse_entry(text: str, scheme: Scheme) -> tuple[str, Mapping[str, float]]:
    """Return name and factors of a line such as ``王工 3 6 15``.

    Raises
    ------
    WanggeError
        When the line has no name or not a number for each factor.
    """
    words = text.replace("，", " ").replace(",", " ").split()
    count = len(scheme.factors)
    try:
        numbers = [float(word) for word in words[-count:]]
    except ValueError:
        numbers = []
    name = " ".join(words[:-count])
    if len(numbers) < count or not name:
        example = " ".join(["王工", *(f"{f.values[0].value:g}" for f in scheme.factors)])
        raise WanggeError(
            translate(
                "Wangge", "Type a name and {count} numbers with blanks between, e.g. {example}."
            ).format(count=count, example=example)
        )
    return name, dict(zip(scheme.fields, numbers, strict=True))
