"""The register's form: factors picked from the scheme, score and colour shown while picking."""

from __future__ import annotations

import re

from qgis.core import (
    QgsAttributeEditorTextElement,
    QgsDefaultValue,
    QgsEditorWidgetSetup,
    QgsVectorLayer,
)

from ..plugin.risk.expressions import level_expression, score_expression
from ..plugin.risk.scheme import Scheme
from ..plugin.standards.domains import RISK_COLOURS, domain
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.translation import translate
from .builder import dress

_FIELD = re.compile(r'"([a-z_]+)"')


def dress_risks(
    layer: QgsVectorLayer, scheme: Scheme, *, tables: dict[str, QgsVectorLayer] | None = None
) -> None:
    """Give a risk layer its form with the factor lists of a scheme and a live score and colour.

    Parameters
    ----------
    layer : QgsVectorLayer
        Best already in its project.
    scheme : Scheme
    tables : dict of str to QgsVectorLayer, optional
        See `builder.dress`.
    """
    dress(layer, layer_spec("risk"), tables=tables or {})
    fields = layer.fields()
    for factor in scheme.factors:
        index = fields.lookupField(factor.field)
        if index < 0:
            continue
        # Text of the value first: QGIS keeps the list in its order.
        values = [{f"{v.value:g} {v.label}": f"{v.value:g}"} for v in factor.values]
        layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueMap", {"map": values}))
        layer.setFieldAlias(index, f"{factor.title} ({factor.symbol})")
    computed = {
        "score": score_expression(scheme),
        "level": level_expression(scheme),
        "scheme": f"'{scheme.reference}'",
    }
    every = " AND ".join(f'"{f.field}" IS NOT NULL' for f in scheme.factors)
    for name, expression in computed.items():
        index = fields.lookupField(name)
        if index >= 0:
            # Factors decide where all are given; without them the level stays as it is.
            kept = f'CASE WHEN {every} THEN {expression} ELSE "{name}" END'
            layer.setDefaultValueDefinition(index, QgsDefaultValue(kept, True))
    _show_live(layer, scheme)


def _show_live(layer: QgsVectorLayer, scheme: Scheme) -> None:
    """Put score, colour and overdue review above the first tab's fields."""
    config = layer.editFormConfig()
    pages = config.tabs()
    if not pages:
        return
    page = pages[0]
    live = QgsAttributeEditorTextElement(translate("Wangge", "Level"), page)
    live.setText(_live_text(scheme))
    live.setShowLabel(False)
    children = [child.clone(page) for child in page.children()]
    page.clear()
    page.addChildElement(live)
    for child in children:
        page.addChildElement(child)
    layer.setEditFormConfig(config)


def _live_text(scheme: Scheme) -> str:
    level = f'coalesce({level_expression(scheme)}, "level")'
    score = f'coalesce({score_expression(scheme)}, "score")'
    colours, inks, names = [], [], []
    for value in domain("risk_level").values:
        red, green, blue = RISK_COLOURS[value.value]
        ink = "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 128 else "#000000"
        colours.append(f"'{value.value}', '#{red:02x}{green:02x}{blue:02x}'")
        inks.append(f"'{value.value}', '{ink}'")
        names.append(f"'{value.value}', '{value.label}'")

    def pick(pairs: list[str], other: str) -> str:
        return f"coalesce(map_get(map({', '.join(pairs)}), {level}), '{other}')"

    overdue = translate("Wangge", "review overdue by {days} days")
    before, after = overdue.split("{days}")
    unknown = translate("Wangge", "no level yet")
    text = (
        f'<table cellpadding="6"><tr><td bgcolor="[% {pick(colours, "#dddddd")} %]">'
        f'<font size="5" color="[% {pick(inks, "#000000")} %]"><b>[% {pick(names, unknown)} %]</b>'
        f"</font></td><td><font size=\"5\">[% coalesce(round({score}, 2), '–') %]</font></td>"
        f'<td><font color="#c62828">[% if("review_date" < to_date(now()) AND '
        f"coalesce(\"status\", '') <> 'closed', '{before}' || "
        f"floor(day(age(to_date(now()), \"review_date\"))) || '{after}', '') %]"
        "</font></td></tr></table>"
    )
    # What is in the form now, not what was saved last.
    return _FIELD.sub(r"current_value('\1')", text)
