"""Collect translate("Wangge", "…") texts into resources/i18n/wangge_zh_CN.ts.

pylupdate5 stumbles over the trailing commas that the formatter writes; Python's own parser does
not. Translations already made are kept, texts that are gone are dropped, new ones are marked
unfinished. With ``--merge FILE.json`` translations {source: Chinese} are taken over first.
"""

import ast
import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TS = ROOT / "resources" / "i18n" / "wangge_zh_CN.ts"
FOLDERS = ("plugin", "processing", "forms")


def sources() -> dict[str, str]:
    """Return text -> the first file it stands in."""
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", "") == "translate"
                    and len(node.args) == 2
                    and isinstance(node.args[1], ast.Constant)
                ):
                    text = node.args[1].value
                    found.setdefault(text, path.relative_to(ROOT).as_posix())
    return found


def known() -> dict[str, str]:
    """Return the translations made so far."""
    if not TS.is_file():
        return {}
    return {
        message.findtext("source") or "": message.findtext("translation") or ""
        for message in ElementTree.parse(TS).iter("message")  # noqa: S314 - our own file
    }


def write(texts: dict[str, str], translations: dict[str, str]) -> int:
    """Write the catalogue and return how many messages are unfinished."""
    root = ElementTree.Element("TS", version="2.1", language="zh_CN", sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "Wangge"
    unfinished = 0
    for text, place in sorted(texts.items(), key=lambda item: (item[1], item[0])):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=f"../../{place}")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = translations.get(text) or None
        if not translation.text:
            translation.set("type", "unfinished")
            unfinished += 1
    ElementTree.indent(root, "  ")
    TS.parent.mkdir(parents=True, exist_ok=True)
    body = ElementTree.tostring(root, encoding="unicode")
    TS.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8"
    )
    return unfinished


def main() -> None:
    translations = known()
    if "--merge" in sys.argv:
        for name in sys.argv[sys.argv.index("--merge") + 1 :]:
            translations |= json.loads(Path(name).read_text(encoding="utf-8"))
    texts = sources()
    unfinished = write(texts, translations)
    print(f"{len(texts)} messages, {unfinished} unfinished: {TS.relative_to(ROOT)}")
    subprocess.run(["make", "-s", "translations"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
