"""The guide: no dead link, both languages, and reference pages as the product is now."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_link_leads_somewhere():
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_every_page_is_there_in_both_languages():
    assert {p.name for p in (ROOT / "docs" / "zh").iterdir()} == {
        p.name for p in (ROOT / "docs" / "en").iterdir()
    }


def test_reference_pages_are_up_to_date():
    done = subprocess.run(
        [sys.executable, ROOT / "dev" / "docs.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
