"""The town's deliberate errors are found, all of them, and nothing is found far from them."""

import numpy as np
import pytest
import shapely
from qgis.core import QgsVectorLayer
from wangge.plugin.sample.city import generate
from wangge.plugin.sample.model import CityOptions
from wangge.plugin.standards.layers import LAYERS

NEAR = 100.0  # m: the neighbours of a wrong cell show it too
CHECKS = {
    "unit_grid": ("check_unit_grids", {"COMMUNITIES": "community", "BUILDINGS": "building"}),
    "component": (
        "check_components",
        {
            "GRIDS": "unit_grid",
            "DEPARTMENTS": "department",
            "COMMUNITIES": "community",
            "BUILDINGS": "building",
        },
    ),
    "risk": ("check_risks", {"GRIDS": "unit_grid", "COMPONENTS": "component"}),
}


@pytest.fixture(scope="module")
def town():
    """The town that `dirty_city` holds, with the list of what was planted."""
    return generate(CityOptions(area_km2=2, components=1500, seed=3, errors=True))


def planted_places(town):
    """Geometries of the features with planted errors."""
    places = []
    for layer, batch in town.layers.items():
        key = LAYERS[layer].key if layer in LAYERS else None
        if key is None or batch.geometry is None:
            continue
        keys = {d.key for d in town.deliberate if d.layer == layer}
        chosen = np.isin(batch.text(key).astype(str), list(keys))
        places += [g for g in batch.geometry[chosen] if g is not None]
    return np.array(places, dtype=object)


@pytest.mark.parametrize("layer", list(CHECKS))
def test_planted_errors_are_found_all_and_only(run, dirty_city, town, tmp_path, layer):
    algorithm, references = CHECKS[layer]
    path = tmp_path / "findings.gpkg"
    run(
        algorithm,
        INPUT=dirty_city(layer),
        FINDINGS=str(path),
        **{name: dirty_city(source) for name, source in references.items()},
    )
    found = list(QgsVectorLayer(str(path), "findings", "ogr").getFeatures())
    planted = [d for d in town.deliberate if d.layer == layer]
    assert len(planted) > 5
    # Of two cells that overlap, one is named as the feature and the other in the sentence.
    told = " ".join(f"{f['feature_key']} {f['message']}" for f in found)
    assert [d.kind for d in planted if d.key not in told] == []
    keys = {d.key for d in planted}
    places = shapely.union_all(shapely.make_valid(planted_places(town)))
    strange = [
        f"{f['rule']} {f['feature_key']} {f['message']}"
        for f in found
        if f["severity"] != "info"
        and f["feature_key"] not in keys
        and shapely.from_wkt(f.geometry().asWkt()).distance(places) > NEAR
    ]
    assert strange == []
