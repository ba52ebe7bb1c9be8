"""The generated town, whole: every community is cut, exactly, and no building with it."""

import numpy as np
import pytest
import shapely
from wangge.plugin.grid.coverage import check_coverage
from wangge.plugin.grid.partition import PartitionInput, PartitionOptions, partition
from wangge.plugin.grid.scorecard import score
from wangge.plugin.sample.city import generate
from wangge.plugin.sample.model import CityOptions


@pytest.fixture(scope="module", params=[0, 5])
def town(request):
    layers = generate(
        CityOptions(area_km2=4, components=2000, seed=request.param, errors=False)
    ).layers
    barriers = np.concatenate([layers["street"].geometry, layers["water"].geometry])
    ranks = np.concatenate(
        [layers["street"].fields["rank"], np.zeros(len(layers["water"]), np.int64)]
    )
    inputs = PartitionInput(
        communities=layers["community"].geometry,
        names=layers["community"].fields["community_name"],
        barriers=barriers,
        ranks=ranks,
        buildings=layers["building"].geometry,
    )
    return inputs, partition(inputs, PartitionOptions())


def test_no_community_is_left_out(town):
    inputs, made = town
    assert made.failures == ()
    assert made.notes == ()  # no line or building had to be done without
    assert set(made.community) == set(range(len(inputs.communities)))


def test_cells_cover_every_community_exactly(town):
    inputs, made = town
    report = check_coverage(made.cells, inputs.communities, made.community)
    assert report.defects == ()
    for k, shape in enumerate(inputs.communities):
        covered = shapely.area(made.cells[made.community == k]).sum()
        assert covered == pytest.approx(shape.area, rel=1e-6)


def test_no_vertex_stands_twice(town):
    _, made = town
    for cell in made.cells:
        xy = shapely.get_coordinates(cell.exterior)
        assert (np.hypot(*np.diff(xy, axis=0).T) > 1e-6).all()


def test_buildings_are_spared_but_for_the_exceptions(town):
    inputs, made = town
    card = score(made.cells, inputs.communities, inputs.barriers, buildings=inputs.buildings)
    allowed = {e.building for e in made.exceptions}
    assert set(card.cut_buildings.tolist()) <= allowed
    assert card.figures["share_within_50pct"] >= 0.95


def test_no_cell_is_a_ribbon_between_carriageways(town):
    """A verge between two carriageways belongs to the cells beside it (rule G7 warns below 0.2)."""
    _, made = town
    compactness = 4 * np.pi * shapely.area(made.cells) / shapely.length(made.cells) ** 2
    assert (compactness >= 0.2).all()
