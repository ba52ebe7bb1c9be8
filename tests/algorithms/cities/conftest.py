"""The five cities of the profiles, each with its own job, on generated towns."""

import re
from pathlib import Path

import pytest

PROFILES = Path(__file__).resolve().parents[3] / "resources" / "profiles"


@pytest.fixture
def profile_here(tmp_path):
    """Copy a city's profile, with the CRS of the generated town in place of its own."""

    def _profile_here(name):
        text = (PROFILES / f"{name}.toml").read_text(encoding="utf-8")
        text, changed = re.subn(r'authid = "EPSG:\d+"', 'authid = "EPSG:4545"', text)
        if not changed:
            text, changed = re.subn(r'(?s)wkt = """.*?"""', 'authid = "EPSG:4545"', text)
        assert changed == 1, name
        path = tmp_path / f"{name}_here.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return _profile_here
