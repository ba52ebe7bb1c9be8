"""What defects of a coverage, and of the nesting of levels, are called."""

from __future__ import annotations

from ..translation import translate
from .coverage import DefectKind
from .levels import NestingKind, NestingProblem


def defect_title(kind: DefectKind) -> str:
    """Return what a kind of defect is called, in the plural."""
    return {
        DefectKind.EMPTY: translate("Wangge", "Cells without a shape"),
        DefectKind.INVALID: translate("Wangge", "Invalid cells"),
        DefectKind.MULTIPART: translate("Wangge", "Cells of several parts"),
        DefectKind.OVERLAP: translate("Wangge", "Overlaps"),
        DefectKind.GAP: translate("Wangge", "Gaps"),
        DefectKind.OUTSIDE: translate("Wangge", "Cells in no community"),
        DefectKind.CROSSING: translate("Wangge", "Cells across a community's border"),
        DefectKind.UNMATCHED: translate("Wangge", "Borders whose vertices do not match"),
    }[kind]


def nesting_sentence(problem: NestingProblem) -> str:
    """Return what is wrong where levels do not nest, and what to do."""
    text = {
        NestingKind.CODE: translate(
            "Wangge", "The code “{code}” is no unit grid code. Number the cell first."
        ),
        NestingKind.UNKNOWN_COMMUNITY: translate(
            "Wangge", "Unit grid {code}: no community has the first 12 digits as its code."
        ),
        NestingKind.ELSEWHERE: translate(
            "Wangge", "Unit grid {code}: {area} m² of it lie outside the community of its code."
        ),
        NestingKind.NOT_COVERED: translate(
            "Wangge", "Community {code}: {area} m² of it are covered by none of its unit grids."
        ),
        NestingKind.EMPTY_COMMUNITY: translate(
            "Wangge", "Community {code} has no unit grids. Partition it first."
        ),
        NestingKind.PARENT: translate(
            "Wangge",
            "Community {code}: its fields name another street or district than its code does. "
            "Correct one of them.",
        ),
    }[problem.kind]
    return text.format(code=problem.code, area=f"{problem.measure:,.1f}")
