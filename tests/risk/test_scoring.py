"""The expected levels are written from the published bands, in exact fractions."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from wangge.plugin.risk.expressions import level_expression, score_expression
from wangge.plugin.risk.schemes import available_schemes, load_scheme
from wangge.plugin.risk.scoring import level_rank, levels_of, score


def lec_level(d):
    return "red" if d >= 320 else "orange" if d >= 160 else "yellow" if d >= 70 else "blue"


def matrix_a_level(r):
    (level,) = (
        name
        for name, low, high in [
            ("blue", 1, 3),
            ("yellow", 4, 9),
            ("orange", 10, 16),
            ("red", 20, 25),
        ]
        if low <= r <= high
    )
    return level


def matrix_b_level(r):
    (level,) = (
        name
        for name, low, high in [
            ("blue", 1, 8),
            ("yellow", 9, 12),
            ("orange", 15, 16),
            ("red", 20, 25),
        ]
        if low <= r <= high
    )
    return level


PUBLISHED = {
    "lec": lec_level,
    "matrix_5x5_a": matrix_a_level,
    "matrix_5x5_b": matrix_b_level,
}


def whole_space(scheme):
    combinations = list(product(*(f.allowed for f in scheme.factors)))
    columns = {
        f: np.array([c[i] for c in combinations], float) for i, f in enumerate(scheme.fields)
    }
    exact = [prod(Fraction(repr(v)) for v in c) for c in combinations]
    return columns, exact


@pytest.mark.parametrize("name", PUBLISHED)
def test_score_and_level_over_the_whole_factor_space(name):
    columns, exact = whole_space(load_scheme(name))
    assert len(exact) == {"lec": 7 * 6 * 6}.get(name, 25)
    result = score(load_scheme(name), columns)
    assert result.scores.tolist() == [float(e) for e in exact]
    assert result.levels.tolist() == [PUBLISHED[name](e) for e in exact]
    assert result.problems == ()


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_form_expressions_agree_over_the_whole_factor_space(name):
    core = pytest.importorskip("qgis.core")
    scheme = load_scheme(name)
    columns, exact = whole_space(scheme)
    fields = core.QgsFields()
    from qgis.PyQt.QtCore import QMetaType

    for field in scheme.fields:
        fields.append(core.QgsField(field, QMetaType.Type.Double))
    context = core.QgsExpressionContext()
    value = core.QgsExpression(score_expression(scheme))
    level = core.QgsExpression(level_expression(scheme))
    expected = score(scheme, columns).levels
    for row in range(len(exact)):
        feature = core.QgsFeature(fields)
        feature.setAttributes([float(columns[f][row]) for f in scheme.fields])
        context.setFeature(feature)
        assert value.evaluate(context) == float(exact[row])
        assert level.evaluate(context) == expected[row]
    feature.setAttribute(0, 17.0)
    context.setFeature(feature)
    assert level.evaluate(context) in (None, core.NULL)
    assert not level.hasEvalError()


def test_the_boundary_rule_decides_where_a_limit_is_met_exactly():
    lec = load_scheme("lec")
    scores = np.array([320.0, 319.9, 160, 70, 69.99, 0])
    assert levels_of(lec, scores).tolist() == [
        *("red", "orange", "orange", "yellow", "blue", "blue"),
    ]
    strict = replace(lec, boundary=">")
    assert levels_of(strict, scores).tolist() == [
        *("orange", "orange", "yellow", "blue", "blue", "blue"),
    ]


def test_the_two_matrices_differ_where_the_publications_differ():
    a, b = load_scheme("matrix_5x5_a"), load_scheme("matrix_5x5_b")
    columns, exact = whole_space(a)
    differ = score(a, columns).levels != score(b, columns).levels
    assert sorted({int(e) for e, d in zip(exact, differ, strict=True) if d}) == [4, 5, 6, 8, 10, 12]


def test_missing_and_outside_values_get_no_score_and_a_sentence_each():
    columns = {
        "likelihood": np.array([6.0, 4.0, np.nan, 10.0]),
        "exposure": np.array([6.0, 6.0, 7.0, np.inf]),
        "consequence": np.array([15.0, 15.0, 15.0, 15.0]),
    }
    result = score(load_scheme("lec"), columns)
    assert result.scored.tolist() == [True, False, False, False]
    assert result.levels.tolist() == ["red", None, None, None]
    assert [(p.row, p.field) for p in result.problems] == [
        (1, "likelihood"),
        (2, "likelihood"),
        (2, "exposure"),
        (3, "exposure"),
    ]
    assert result.problems[0].message == (
        "Likelihood (L) is 4, but lec@1 allows only 10, 6, 3, 1, 0.5, 0.2, 0.1."
    )


def test_an_absent_column_counts_as_missing():
    result = score(load_scheme("lec"), {"likelihood": np.array([6.0]), "exposure": np.array([6.0])})
    assert [p.field for p in result.problems] == ["consequence"]


def test_no_rows_are_no_problem():
    for scheme in available_schemes():
        assert len(score(scheme, {f: np.array([]) for f in scheme.fields}).scores) == 0


def test_ranks_put_the_worst_highest():
    levels = np.array(["blue", "red", None, "yellow", "orange", "purple"], dtype=object)
    assert level_rank(levels).tolist() == [1, 4, 0, 2, 3, 0]
