"""The atlas exported from a real window."""

import subprocess

import pytest


@pytest.fixture(scope="module")
def day(run_script, city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("atlas")
    return run_script("risk_atlas", project=str(city), into=str(folder))


def test_the_dialog_is_filled_and_the_folder_complete(day):
    assert day["prefilled"]["INPUT"] == "City risk list"
    assert day["files"] == ["risk_atlas.pdf", "risk_list.xlsx"]


def test_the_users_project_stays_as_it_was(day):
    assert day["untouched"] == [True, True]


def test_the_background_keeps_the_users_style(day, tmp_path):
    subprocess.run(
        ["pdftoppm", "-r", "50", "-l", "1", day["pdf"], str(tmp_path / "page")], check=True
    )
    [image] = tmp_path.iterdir()
    content = image.read_bytes().split(b"\n", 3)[3]
    colours = set(zip(content[::3], content[1::3], content[2::3], strict=True))
    assert (0x12, 0xE4, 0xD6) in colours


def test_no_mistake_is_shown(day):
    assert day["exceptions"] == []
    assert day["exit_code"] == 0
