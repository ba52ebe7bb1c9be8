"""Write the reference pages of the user guide, in both languages, from what the product says of itself.

.venv/bin/python dev/docs.py          writes docs/<language>/{algorithms,rules}.md
.venv/bin/python dev/docs.py --check  exits 1 when one of them is out of date
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"en": "en_US", "zh": "zh_CN"}
SEVERITIES = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
}
WORDS = {
    "en": {
        "algorithms": "Algorithms",
        "intro": "Every algorithm is in the Processing toolbox, in the Wangge menu, in models and "
        "batches, and runs headless: `qgis_process run wangge:<id> -- NAME=value …`. Parameters in "
        "bold must be given. This page is written by `make docs` from the algorithms themselves.",
        "parameter": "Parameter",
        "meaning": "Meaning",
        "default": "Default",
        "outputs": "Outputs for models",
        "example": "Example",
        "rules": "Rules",
        "rules_intro": "What the checks look for. A city profile switches a rule off, changes its "
        "severity or sets its parameters. This page is written by `make docs` from the catalogue.",
        "rule": "Rule",
        "severity": "Severity",
        "title": "Title",
        "parameters": "Parameters",
    },
    "zh": {
        "algorithms": "算法",
        "intro": "所有算法都在处理工具箱和 Wangge 菜单中，可用于模型和批处理，也可无界面运行："
        "`qgis_process run wangge:<id> -- 参数=值 …`。粗体参数为必填。本页由 `make docs` 根据算法本身生成。",
        "parameter": "参数",
        "meaning": "含义",
        "default": "默认值",
        "outputs": "供模型使用的输出",
        "example": "示例",
        "rules": "规则",
        "rules_intro": "检查所依据的全部规则。城市配置可以关闭规则、调整严重程度或设置参数。"
        "本页由 `make docs` 根据规则目录生成。",
        "rule": "规则",
        "severity": "严重程度",
        "title": "名称",
        "parameters": "参数",
    },
}


def cell(text: object) -> str:
    """Return text that fits into a cell of a Markdown table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def algorithms_page(language: str) -> str:
    """Return the page of all algorithms, grouped as in the toolbox."""
    from qgis.core import QgsProcessingParameterDefinition
    from wangge.processing.provider import algorithm_classes

    words = WORDS[language]
    parts = [f"# {words['algorithms']}\n\n{words['intro']}\n"]
    group = ""
    for kind in sorted(algorithm_classes(), key=lambda a: (a.GROUP.title, a.ID)):
        algorithm = kind().create({})
        if algorithm.group() != group:
            group = algorithm.group()
            parts.append(f"\n## {group}\n")
        parts.append(f"\n### {algorithm.displayName()}\n\n`wangge:{kind.ID}`\n")
        parts.append(f"\n{algorithm.shortDescription()}\n")
        parts.append(f"\n| {words['parameter']} | {words['meaning']} | {words['default']} |")
        parts.append("|---|---|---|")
        for p in algorithm.parameterDefinitions():
            optional = bool(p.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
            default = "" if p.defaultValue() is None else p.defaultValue()
            needed = not optional and default == ""
            name = f"**{p.name()}**" if needed else p.name()
            shown = f"`{default}`" if default != "" else ""
            parts.append(f"| {name} | {cell(p.description())}: {cell(p.help())} | {shown} |")
        counts = [
            o for o in algorithm.outputDefinitions() if not algorithm.parameterDefinition(o.name())
        ]
        if counts:
            listed = ", ".join(f"`{o.name()}` ({cell(o.description())})" for o in counts)
            parts.append(f"\n{words['outputs']}: {listed}")
        if algorithm.example():
            parts.append(f"\n{words['example']}:\n\n```\n{algorithm.example().strip()}\n```")
    return "\n".join(parts) + "\n"


def rules_page(language: str) -> str:
    """Return the page of all rules, by subject."""
    from wangge.plugin.rules.catalogue import all_rules, parameter_text

    words = WORDS[language]
    parts = [f"# {words['rules']}\n\n{words['rules_intro']}\n"]
    parts.append(
        f"| {words['rule']} | {words['severity']} | {words['title']} | {words['parameters']} |"
    )
    parts.append("|---|---|---|---|")
    for rule in all_rules():
        title = rule.title_zh if language == "zh" else rule.title_en
        text = rule.help_zh if language == "zh" else rule.help_en
        severity = SEVERITIES[language][rule.severity.value]
        listed = ", ".join(f"`{parameter_text(p)}`" for p in rule.parameters)
        parts.append(f"| {rule.id} | {severity} | **{cell(title)}** {cell(text)} | {listed} |")
    return "\n".join(parts) + "\n"


def pages(language: str) -> dict[Path, str]:
    """Return the text of every page of one language; QGIS must run in that language."""
    folder = ROOT / "docs" / language
    return {
        folder / "algorithms.md": algorithms_page(language),
        folder / "rules.md": rules_page(language),
    }


def write(language: str, check: bool) -> int:
    """Write the pages of one language, or tell those that are out of date."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    from wangge.plugin.locale import Translators

    translators = Translators()  # kept: Qt forgets a translator that Python has let go
    translators.install()
    stale = 0
    for path, text in pages(language).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale += 1
            print(
                f"{path.relative_to(ROOT)} {'is out of date: run make docs' if check else 'written'}"
            )
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return stale if check else 0


def main() -> int:
    if len(sys.argv) > 1 and sys.argv[1] in LANGUAGES:
        return write(sys.argv[1], "--check" in sys.argv)
    # A process each: QGIS takes its language once, at its start.
    done = [
        subprocess.run(
            [sys.executable, "-P", __file__, language, *sys.argv[1:]],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / ".dev"),
                "QT_QPA_PLATFORM": "offscreen",
                "LC_ALL": f"{locale}.UTF-8",
            },
        ).returncode
        for language, locale in LANGUAGES.items()
    ]
    return int(any(done))


if __name__ == "__main__":
    sys.exit(main())
