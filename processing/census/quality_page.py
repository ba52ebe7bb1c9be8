"""The acceptance report: shares by lot against what is allowed, positions by grade, verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...plugin.census.quality import Limits, LotScore
from ...plugin.translation import translate
from .pages import section

#: Outputs, and beginnings of the parameters with their limits.
LIMITS = ("OMISSION", "COMMISSION", "CLASS_ERROR", "ATTRIBUTE_ERROR", "POSITION_ERROR")


def limit_titles() -> dict[str, str]:
    """Return what people call each share."""
    return {
        "OMISSION": translate("Wangge", "Omitted components"),
        "COMMISSION": translate("Wangge", "Surplus components"),
        "CLASS_ERROR": translate("Wangge", "Wrong classes"),
        "ATTRIBUTE_ERROR": translate("Wangge", "Wrong attributes"),
        "POSITION_ERROR": translate("Wangge", "Wrong positions"),
    }


def verdict(score: LotScore) -> str:
    """Return what is said of a lot."""
    accepted, rejected = translate("Wangge", "accepted"), translate("Wangge", "rejected")
    return accepted if score.accepted else rejected


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %" if share == share else "–"


def quality_sections(
    scores: Sequence[LotScore], limits: Limits, accuracy: Mapping[str, float]
) -> list[str]:
    """Return the parts of an acceptance report; ``accuracy`` allows metres by grade."""
    titles = limit_titles()
    names = [n.lower() for n in LIMITS]
    lot, score = translate("Wangge", "Lot"), translate("Wangge", "Score")
    rows = [
        (
            s.lot,
            s.sampled,
            s.checked,
            s.matched,
            *(_percent(getattr(s, n)) for n in names),
            f"{s.score:.1f}",
            verdict(s),
        )
        for s in scores
    ]
    allowed = (
        translate("Wangge", "Allowed"), "", "", "",
        *(_percent(getattr(limits, n)) for n in names),
        f"{limits.passing_score:.1f}", "",
    )  # fmt: skip
    return [
        section(
            translate("Wangge", "Lots"),
            [
                lot,
                translate("Wangge", "First survey"),
                translate("Wangge", "Second survey"),
                translate("Wangge", "In both"),
                *titles.values(),
                score,
                translate("Wangge", "Verdict"),
            ],
            [*rows, allowed],
        ),
        section(
            translate("Wangge", "Position: RMSE by accuracy grade (m)"),
            [lot, *(f"{g} (≤ {t:g})" for g, t in accuracy.items())],
            [
                (s.lot, *(f"{s.rmse[g]:.3f}" if g in s.rmse else None for g in accuracy))
                for s in scores
            ],
        ),
        section(
            translate("Wangge", "Why lots are rejected"),
            [lot, translate("Wangge", "Reason")],
            [(s.lot, f) for s in scores for f in s.failures],
        ),
    ]
