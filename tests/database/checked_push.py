"""A checked push without QGIS, and a small town whose rows the rules have much to say about."""

import datetime
from dataclasses import replace

import numpy as np
import shapely
from wangge.plugin.database.kept_findings import with_states
from wangge.plugin.database.known import Checking
from wangge.plugin.database.push import push
from wangge.plugin.database.stamps import stamp_of
from wangge.plugin.rules.batch import Batch
from wangge.plugin.rules.catalogue import rules_for
from wangge.plugin.rules.context import CheckContext
from wangge.plugin.rules.engine import Check
from wangge.plugin.rules.finding import Severity
from wangge.plugin.rules.references import Areas, Departments, Shapes
from wangge.plugin.rules.result import CheckResult
from wangge.plugin.rules.rule import Subject
from wangge.plugin.rules.states import carry_over
from wangge.plugin.standards.layers import LAYERS

CRS = "EPSG:4547"
COMPONENT = LAYERS["component"]
RULES = rules_for(Subject.COMPONENT)
DISTRICT = "500112"
CELLS = [f"{DISTRICT}001002{i:03d}" for i in range(1, 5)]


def texts(values):
    column = np.empty(len(values), object)
    column[:] = values
    return column


def make_town(count=8, *, district=DISTRICT):
    """Components in which no rule finds anything, two in each of four cells."""
    numbers = range(count)
    fields = {
        "component_code": texts([f"{district}01001{i + 1:06d}" for i in numbers]),
        "component_name": texts(["供水井盖"] * count),
        "class_code": texts(["01001"] * count),
        "authority_code": texts(["11500112000000000Y"] * count),
        "authority_name": texts(["城管局"] * count),
        "grid_code": texts([f"{district}001002{i % 4 + 1:03d}" for i in numbers]),
        "status": texts(["完好"] * count),
        "first_date": np.array(["2024-02-29"] * count, "M8[D]"),
        "changed_date": np.array(["NaT"] * count, "M8[D]"),
        "source": texts(["实测"] * count),
        "note": texts([None] * count),
        "uuid": texts([f"{district}-{i}" for i in numbers]),
        "standard": texts(["gbt47678_5_2026"] * count),
        "accuracy": texts(["A"] * count),
    }
    x = [1000.0 + 100 * (i % 4) + 10.125 + 1.5 * (i // 4) for i in numbers]
    shapes = shapely.points(x, np.full(count, 2010.375))
    return Batch(fields, np.asarray(shapes, object), np.arange(1, count + 1), CRS)


def make_context(*, cells=4, width=100.0, authority="城管局", today=(2026, 11, 1), **more):
    """What the town is compared with."""
    boxes = [shapely.box(1000 + 100 * i, 2000, 1000 + 100 * i + width, 2100) for i in range(cells)]
    return CheckContext(
        COMPONENT,
        today=datetime.date(*today),
        for_push=True,
        project_crs=more.pop("project_crs", CRS),
        grids=Areas(texts(boxes), codes=texts(CELLS[:cells])),
        departments=Departments(texts(["11500112000000000Y"]), texts([authority])),
        buildings=Shapes(texts([shapely.box(1040, 2040, 1060, 2060)])),
        **more,
    )


class Look:
    """What a checked push found and did; ``judged`` is the result with its states."""

    def __init__(self, result: CheckResult | None = None, pushed=None):
        self.result, self.judged, self.pushed = result, None, pushed

    @property
    def known(self):
        return self.pushed.known


def checked_push(connection, batches, context, *, trusts=True, rules=RULES, accepted=(), **more):
    """Push as the algorithm does, whatever the rules find."""
    check = Check(Subject.COMPONENT, context, rules=rules)
    look = Look()

    def judge(kept):
        look.result = check.finish()
        look.judged = with_states(kept, look.result)
        if accepted:
            more = carry_over(accepted, look.result).accepted
            look.judged = replace(look.judged, accepted={**more, **look.judged.accepted})
        return [*look.judged, *look.judged.closed]

    checking = Checking(
        stamp_of(context, rules),
        context.today,
        lambda batch, known: check.feed(batch, known=known),
        lambda: check.is_about_rows,
        trusts,
    )
    look.pushed = push(
        connection, "component", batches, COMPONENT, checking=checking, judge=judge, **more
    )
    return look


def everything(result):
    """All that a check says, in its order."""
    return (
        [replace(finding, geometry=None) for finding in result],
        [finding.geometry for finding in result],
        [(run.rule.id, run.severity, run.count, run.shown) for run in result.ran],
        [(one.rule.id, one.reason) for one in result.not_run],
        result.row_count,
    )


SEVERITIES = list(Severity)
