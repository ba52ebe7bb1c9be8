"""Every text people see can be translated, and is."""

import ast
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TS = ROOT / "resources" / "i18n" / "wangge_zh_CN.ts"


def python_files():
    for folder in ("plugin", "processing", "forms"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def translate_calls(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate":
            yield node


def literals():
    found = set()
    for path in python_files():
        for call in translate_calls(path):
            if len(call.args) == 2 and isinstance(call.args[1], ast.Constant):
                found.add(call.args[1].value)
    return found


def messages():
    return [
        (message.findtext("source") or "", message.find("translation"))
        for message in ElementTree.parse(TS).iter("message")
    ]


def test_translate_gets_two_literals():
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in python_files()
        for call in translate_calls(path)
        if path.name != "translation.py"
        and not (
            len(call.args) == 2
            and all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in call.args)
            and call.args[0].value == "Wangge"
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_translated_at_import_time():
    wrong = []
    for path in python_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            call
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.Lambda | ast.AsyncFunctionDef)
            for call in ast.walk(function)
        }
        wrong += [
            f"{path.relative_to(ROOT)}:{call.lineno}"
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            and getattr(call.func, "id", "") == "translate"
            and call not in inside
        ]
    assert not wrong, "\n".join(wrong)


def test_every_text_is_in_the_catalogue():
    missing = literals() - {source for source, _ in messages()}
    assert not missing, f"run make strings and translate: {sorted(missing)[:5]}"


def test_no_message_is_unfinished():
    unfinished = [
        source
        for source, translation in messages()
        if translation is None or translation.get("type") == "unfinished" or not translation.text
    ]
    assert not unfinished, f"{len(unfinished)} unfinished: {unfinished[:5]}"


def test_placeholders_survive_translation():
    import re

    pattern = re.compile(r"\{[a-z_0-9]*[^}]*\}")
    for source, translation in messages():
        if translation is not None and translation.text:
            assert sorted(pattern.findall(source)) == sorted(pattern.findall(translation.text)), (
                source
            )
