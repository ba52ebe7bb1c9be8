"""A dialog hands on every default; what runs without a value must run with its default too."""

import shutil

import pytest
from qgis.core import QgsProcessing

NEEDS = {
    "assign_unit_grids": {"INPUT": "component", "GRIDS": "unit_grid"},
    "number_components": {"INPUT": "component"},
    "check_components": {"INPUT": "component", "GRIDS": "unit_grid"},
    "pack_field_packages": {"INPUT": "component", "GRIDS": "unit_grid"},
    "draw_quality_sample": {"INPUT": "component", "GRIDS": "unit_grid"},
    "report_census_progress": {"INPUT": "component", "GRIDS": "unit_grid"},
    "migrate_standard": {"INPUT": "component"},
    "create_census_project": {"COMPONENTS": "component", "GRIDS": "unit_grid"},
}


@pytest.mark.parametrize("name", NEEDS)
def test_an_untouched_dialog_runs(run, provider, city, tmp_path, name):
    census = tmp_path / "census.gpkg"
    shutil.copy(city("component").split("|")[0], census)
    given = {}
    for parameter in provider.algorithm(name).parameterDefinitions():
        value = parameter.defaultValue()
        if parameter.isDestination():
            wanted = parameter.createByDefault()
            value = QgsProcessing.TEMPORARY_OUTPUT if wanted else None
            if parameter.type() == "folderDestination":
                value = str(tmp_path / "folder")
        given[parameter.name()] = value
    given |= {n: f"{census}|layername={table}" for n, table in NEEDS[name].items()}
    if name == "migrate_standard":
        given |= {"FROM": "gbt30428_2_2013"}
    assert run(name, **given)
