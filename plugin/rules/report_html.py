"""The report for people, as one HTML file without anything from elsewhere."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path
from urllib.parse import quote

import shapely

from ..translation import is_chinese, translate
from .finding import Finding, Severity, State
from .findings import zoom_points
from .report import SHOWN_PER_RULE, ReportInfo, community_of, open_findings
from .report_places import Places
from .report_svg import SmallMap
from .result import CheckResult, RuleRun

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_STYLE = """
body{font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:1100px;
padding:0 1em;color:#222}h1,h2,h3{line-height:1.2}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #ddd;padding:.25em .6em;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}section{margin:2em 0}
.tag{border-radius:.3em;padding:0 .4em;color:#fff}.tag.error{background:#b00020}
.tag.warning{background:#a05a00}.tag.info{background:#33658a}svg{float:right;margin:0 0 1em 1em;
border:1px solid #ddd}.outline{fill:#f4f4f0;stroke:#999;stroke-width:.5}circle.error{fill:#b00020}
circle.warning{fill:#e08a00}circle.info{fill:#33658a}.clear{clear:both}
"""


def html_report(
    result: CheckResult,
    info: ReportInfo,
    *,
    folder: Path | None = None,
    places: Places | None = None,
) -> str:
    """Return the report as an HTML document: summary, by rule, by community, not run.

    Parameters
    ----------
    result : CheckResult
    info : ReportInfo
    folder : Path, optional
        Where the report will lie: what lies there too is linked without its folder, so that
        both can be handed on together.
    places : Places, optional
        Projects that lie beside the report and show its findings in QGIS.
    """
    findings = list(open_findings(result))
    maps = SmallMap(findings, info.communities)
    title = translate("Wangge", "Check of layer {layer}").format(layer=result.layer)
    language = "zh-CN" if is_chinese() else "en"
    return "".join(
        (
            f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            _summary(result, info, folder, places, maps.draw(findings, escape(title, quote=True))),
            _communities(findings, info),
            _by_rule(result, findings, maps, places),
            _accepted(result),
            _not_run(result),
            "</body></html>\n",
        )
    )


def _severity(severity: Severity) -> str:
    names = {
        Severity.ERROR: translate("Wangge", "error"),
        Severity.WARNING: translate("Wangge", "warning"),
        Severity.INFO: translate("Wangge", "note"),
    }
    return f'<span class="tag {severity.value}">{escape(names[severity])}</span>'


def _table(heads: list[str], rows: list[list[str]], numbers: tuple[int, ...] = ()) -> str:
    """Return a table; cells are HTML already, columns ``numbers`` are set to the right."""

    def cells(tag: str, row: list[str]) -> str:
        return "".join(
            f'<{tag} class="n">{c}</{tag}>' if i in numbers else f"<{tag}>{c}</{tag}>"
            for i, c in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><tr>{cells('th', [escape(h) for h in heads])}</tr>{body}</table>"


def _link(path: Path, folder: Path | None) -> str:
    beside = folder is not None and path.parent == folder.resolve()
    target = quote(path.name) if beside else path.as_uri()
    return f'<a href="{escape(target, quote=True)}">{escape(path.name)}</a>'


def _summary(
    result: CheckResult,
    info: ReportInfo,
    folder: Path | None,
    places: Places | None,
    drawing: str,
) -> str:
    rows = [
        [escape(translate("Wangge", "Source")), escape(info.source)],
        [escape(translate("Wangge", "Date")), escape(info.date.isoformat())],
        [escape(translate("Wangge", "Standard")), escape(info.edition)],
        [escape(translate("Wangge", "Rows")), f"{result.row_count:,}"],
    ]
    rows += [[_severity(s), f"{result.count(s):,}"] for s in _WEIGHT]
    rows.append(
        [
            escape(translate("Wangge", "Accepted")),
            f"{sum(result.accepted_counts.values()):,}",
        ]
    )
    rows.append([escape(translate("Wangge", "Rules run")), str(len(result.ran))])
    rows.append([escape(translate("Wangge", "Rules not run")), str(len(result.not_run))])
    if info.findings:
        how = translate(
            "Wangge",
            "Open it with QGIS to go from finding to finding. A place below can be pasted into the "
            "search field of QGIS.",
        )
        if places:
            how = translate(
                "Wangge",
                "Each place below opens in QGIS, with the findings and the layer. Where the browser "
                "only saves a copy, open the file in the folder “{folder}”.",
            ).format(folder=places.folder)
        rows.append(
            [
                escape(translate("Wangge", "Findings")),
                f"{_link(Path(info.findings), folder)}<br/><small>{escape(how)}</small>",
            ]
        )
    body = "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows)
    heading = escape(translate("Wangge", "Summary"))
    return f'<section><h2>{heading}</h2>{drawing}<table style="width:auto">{body}</table></section>'


def _communities(findings: list[Finding], info: ReportInfo) -> str:
    if info.communities is None:
        return ""
    counts: dict[str, Counter] = {}
    for finding, code in zip(findings, community_of(findings, info), strict=True):
        counts.setdefault(code, Counter())[finding.severity] += 1
    names = dict(zip(info.communities.codes.tolist(), info.community_names, strict=False))
    worst = sorted(counts.items(), key=lambda item: ([-item[1][s] for s in _WEIGHT], item[0]))
    elsewhere = translate("Wangge", "(outside, or without a place)")
    rows = [
        [escape(code or elsewhere), escape(names.get(code, "")), *(f"{n[s]:,}" for s in _WEIGHT)]
        for code, n in worst
    ]
    heading = escape(translate("Wangge", "By community, the worst first"))
    heads = [
        translate("Wangge", "Community"),
        translate("Wangge", "Name"),
        translate("Wangge", "Errors"),
        translate("Wangge", "Warnings"),
        translate("Wangge", "Notes"),
    ]
    return f'<section class="clear"><h2>{heading}</h2>{_table(heads, rows, (2, 3, 4))}</section>'


def _title(run: RuleRun) -> str:
    return run.rule.title_zh if is_chinese() else run.rule.title_en


def _by_rule(
    result: CheckResult, findings: list[Finding], maps: SmallMap, places: Places | None
) -> str:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    runs = sorted(result.ran, key=lambda run: (_WEIGHT[run.severity], -run.count))
    overview = _table(
        [
            translate("Wangge", "Rule"),
            translate("Wangge", "Severity"),
            translate("Wangge", "Title"),
            translate("Wangge", "Violations"),
        ],
        [
            [
                f'<a href="#{run.rule.id}">{run.rule.id}</a>' if run.count else run.rule.id,
                _severity(run.severity),
                escape(_title(run)),
                f"{run.count:,}",
            ]
            for run in runs
        ],
        (3,),
    )
    details = "".join(
        _one_rule(run, by_rule.get(run.rule.id, []), maps, places) for run in runs if run.count
    )
    heading = escape(translate("Wangge", "By rule"))
    return f'<section class="clear"><h2>{heading}</h2>{overview}</section>{details}'


def _one_rule(run: RuleRun, findings: list[Finding], maps: SmallMap, places: Places | None) -> str:
    help_text = run.rule.help_zh if is_chinese() else run.rule.help_en
    parts = [
        f'<section class="clear" id="{run.rule.id}">',
        f"<h3>{run.rule.id} {escape(_title(run))} {_severity(run.severity)}</h3>",
    ]
    if any(f.geometry is not None for f in findings):
        parts.append(maps.draw(findings, run.rule.id))
    parts.append(f"<p>{escape(help_text)}</p>")
    if run.parameters:
        used = ", ".join(f"{k} = {v}" for k, v in run.parameters.items())
        parts.append(f"<p><small>{escape(used)}</small></p>")
    shown = findings[:SHOWN_PER_RULE]
    rows = [
        [escape(f.feature_key), place, escape(f.message), escape(f.fix)]
        for f, place in zip(shown, _where(shown, places), strict=True)
    ]
    heads = [
        translate("Wangge", "Feature"),
        translate("Wangge", "Place"),
        translate("Wangge", "What to do"),
        translate("Wangge", "Suggested value"),
    ]
    parts.append(_table(heads, rows))
    more = run.count - len(rows)
    if more > 0:
        told = translate(
            "Wangge", "And {count} more (accepted ones included); the finding layer lists them."
        )
        parts.append(f"<p>{escape(told.format(count=f'{more:,}'))}</p>")
    return "".join(parts) + "</section>"


def _where(findings: list[Finding], places: Places | None) -> list[str]:
    xy = shapely.get_coordinates(zoom_points(findings), return_index=True)
    told = [""] * len(findings)
    for (x, y), i in zip(xy[0].tolist(), xy[1].tolist(), strict=True):
        # As QGIS's search field takes it: a point for the decimals, a comma between.
        told[i] = f"{x:.10g},{y:.10g}"
        if places and (link := places.link(x, y)):
            told[i] = f'<a href="{escape(quote(link), quote=True)}">{told[i]}</a>'
    return told


def _accepted(result: CheckResult) -> str:
    accepted = [f for f in result if f.state is State.ACCEPTED] if result.accepted else []
    if not accepted:
        return ""
    rows = [
        [
            escape(t)
            for t in (f.rule, f.feature_key, f.accepted_by, f.accepted_date, f.accepted_reason)
        ]
        for f in accepted
    ]
    heads = [
        translate("Wangge", "Rule"),
        translate("Wangge", "Feature"),
        translate("Wangge", "Accepted by"),
        translate("Wangge", "Date"),
        translate("Wangge", "Reason"),
    ]
    heading = escape(translate("Wangge", "Accepted"))
    return f'<section class="clear"><h2>{heading}</h2>{_table(heads, rows)}</section>'


def _not_run(result: CheckResult) -> str:
    if not result.not_run:
        return ""
    rows = [
        [
            n.rule.id,
            escape(n.rule.title_zh if is_chinese() else n.rule.title_en),
            escape(n.reason),
        ]
        for n in result.not_run
    ]
    heads = [
        translate("Wangge", "Rule"),
        translate("Wangge", "Title"),
        translate("Wangge", "Why it was not run"),
    ]
    heading = escape(translate("Wangge", "Not run"))
    return f'<section class="clear"><h2>{heading}</h2>{_table(heads, rows)}</section>'
