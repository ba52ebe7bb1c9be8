"""Cells edited in a layer: numbers, loads and lineage of what is written, undone in one step."""

import numpy as np
import pytest
import shapely
from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer
from wangge.plugin.errors import WanggeError
from wangge.plugin.grid.editing import halve_cell, merge_cells
from wangge.plugin.layers.cell_edits import joined, read_near, write_edit
from wangge.plugin.layers.cell_load import LiveLoad, choose_load_layer, load_layer_of
from wangge.plugin.layers.cell_renumbering import coming_codes, renumber_cells
from wangge.plugin.layers.lineage_rows import lineage_of_edits

HOME = "500112001001"
FIELDS = "grid_code:string(15)&field=community_code:string(12)&field=start_date:date"
EVERYWHERE = QgsRectangle(-1e4, -1e4, 1e4, 1e4)


def make_cells_layer(count=4, *, codes=None, loads=None, fields=FIELDS + "&field=end_date:date"):
    """A row of 100 m squares from west to east."""
    layer = QgsVectorLayer(
        f"Polygon?crs=EPSG:4547&field={fields}&field=load:double&field=note:string", "c", "memory"
    )
    rows = []
    for i in range(count):
        feature = QgsFeature(layer.fields())
        feature["grid_code"] = codes[i] if codes else f"{HOME}{i + 1:03d}"
        feature["community_code"] = HOME
        feature["load"] = loads[i] if loads else None
        feature["note"] = f"cell {i}"
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(100 * i, 0, 100 * i + 100, 100)))
        rows.append(feature)
    layer.dataProvider().addFeatures(rows)
    return layer


def make_points_layer(places, crs="EPSG:4547"):
    layer = QgsVectorLayer(f"Point?crs={crs}", "points", "memory")
    rows = []
    for x, y in places:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(f"Point({x} {y})"))
        rows.append(feature)
    layer.dataProvider().addFeatures(rows)
    return layer


def table_of(layer):
    """Code -> (has ended, note) of all rows."""
    return {f["grid_code"]: (bool(f["end_date"]), f["note"]) for f in layer.getFeatures()}


def test_cells_get_the_next_free_numbers_in_the_order_of_the_clicks():
    layer = make_cells_layer(codes=[f"{HOME}{n:03d}" for n in (1, 2, 7, 4)])
    ids = [f.id() for f in layer.getFeatures()]
    renumber_cells(layer, [ids[2], ids[0]], [HOME, HOME], "Renumber cells")
    rows = table_of(layer)
    assert rows[f"{HOME}008"] == (False, "cell 2")
    assert rows[f"{HOME}009"] == (False, "cell 0")
    assert rows[f"{HOME}007"] == (True, "cell 2")  # retired, its code stays taken
    assert coming_codes(layer, [HOME]) == [f"{HOME}010"]
    assert len(read_near(layer, EVERYWHERE).ids) == 4


def test_one_undo_takes_all_new_numbers_back():
    layer = make_cells_layer()
    before = table_of(layer)
    ids = [f.id() for f in layer.getFeatures()]
    renumber_cells(layer, ids, [HOME] * 4, "Renumber cells")
    assert layer.undoStack().count() == 1
    layer.undoStack().undo()
    assert table_of(layer) == before


def test_the_lineage_says_that_a_renumbered_cell_was_kept_under_another_code():
    layer = make_cells_layer()
    ids = [f.id() for f in layer.getFeatures()]
    renumber_cells(layer, ids[:1], [HOME], "Renumber cells")
    rows = lineage_of_edits(layer)
    assert rows.old_code.tolist() == [f"{HOME}001"]
    assert rows.new_code.tolist() == [f"{HOME}005"]
    assert rows.operation.tolist() == ["kept"]
    assert rows.retired == (f"{HOME}001",)


def test_a_code_typed_by_hand_is_in_the_lineage_too():
    layer = make_cells_layer()
    cell = next(layer.getFeatures())
    layer.startEditing()
    layer.changeAttributeValue(cell.id(), layer.fields().lookupField("grid_code"), f"{HOME}044")
    rows = lineage_of_edits(layer)
    assert list(zip(rows.old_code, rows.new_code, strict=True)) == [(f"{HOME}001", f"{HOME}044")]


def test_a_cell_without_a_code_is_numbered_where_it_is():
    layer = make_cells_layer(codes=[f"{HOME}001", None, f"{HOME}003", None])
    ids = [f.id() for f in layer.getFeatures()]
    assert renumber_cells(layer, [ids[1]], [HOME], "Renumber cells") == [ids[1]]
    assert layer.getFeature(ids[1])["grid_code"] == f"{HOME}004"
    assert layer.featureCount() == 4


def test_codes_of_14_digits_go_on_with_14():
    layer = make_cells_layer(codes=[f"{HOME}{n:02d}" for n in (1, 2, 3, 4)])
    assert coming_codes(layer, [HOME, HOME]) == [f"{HOME}05", f"{HOME}06"]
    near = read_near(layer, EVERYWHERE)
    write_edit(layer, near, halve_cell(near.cells, 0), "Halve cell")
    assert f"{HOME}05" in table_of(layer)


def test_cells_without_a_community_cannot_be_numbered():
    layer = make_cells_layer()
    with pytest.raises(WanggeError, match="12 digits"):
        coming_codes(layer, [""])


def test_numbers_that_run_out_change_nothing():
    layer = make_cells_layer(codes=[f"{HOME}{n:03d}" for n in (996, 997, 998, 999)])
    ids = [f.id() for f in layer.getFeatures()]
    with pytest.raises(WanggeError, match="numbers end at 999"):
        renumber_cells(layer, ids, [HOME] * 4, "Renumber cells")
    assert not layer.isEditable()


def test_a_split_shares_the_load_out_by_area_and_a_merge_adds_it_up():
    layer = make_cells_layer(loads=[8.0, 3.0, 5.0, 0.0])
    near = read_near(layer, EVERYWHERE)
    write_edit(layer, near, halve_cell(near.cells, 0), "Halve cell")
    near = read_near(layer, EVERYWHERE)
    halves = [i for i, cell in enumerate(near.cells) if cell.bounds[0] < 99]
    assert near.loads[halves].tolist() == [4.0, 4.0]
    write_edit(layer, near, merge_cells(near.cells, halves, near.communities), "Merge cells")
    near = read_near(layer, EVERYWHERE)
    assert near.loads.sum() == pytest.approx(16.0)
    assert sorted(near.loads) == [0.0, 3.0, 5.0, 8.0]


def test_a_counted_load_is_written_with_the_edit():
    layer = make_cells_layer(loads=[8.0, 3.0, 5.0, 0.0])
    count = LiveLoad(layer, make_points_layer([(10, 50), (20, 50), (90, 50), (150, 50)]))
    near = read_near(layer, EVERYWHERE)
    write_edit(layer, near, halve_cell(near.cells, 0, angle=90.0), "Halve cell", count=count)
    near = read_near(layer, EVERYWHERE)
    left = next(i for i, cell in enumerate(near.cells) if cell.bounds[2] < 51)
    assert near.loads[left] == 2.0


def test_unknown_loads_stay_unknown():
    layer = make_cells_layer(loads=[None, 3.0, 5.0, 0.0])
    near = read_near(layer, EVERYWHERE)
    write_edit(layer, near, halve_cell(near.cells, 0), "Halve cell")
    assert np.isnan(read_near(layer, EVERYWHERE).loads).sum() == 2


def test_objects_are_counted_in_the_coordinates_of_the_cells():
    cells = make_cells_layer()
    # 106.5° E lies on the middle meridian of no 3-degree zone; any place serves.
    degrees = make_points_layer([(105.0, 30.0), (105.0001, 30.0)], "EPSG:4490")
    cells.setCrs(degrees.crs().fromEpsgId(4544))
    shape = shapely.Point(500000, 3320113).buffer(100)
    assert LiveLoad(cells, degrees)(np.array([shape])).tolist() == [2.0]


def test_the_own_field_counts_where_it_holds_something_else_the_components():
    components = make_points_layer([(1, 1)])
    assert load_layer_of(make_cells_layer(loads=[1, 2, 3, 4]), components) is None
    empty = make_cells_layer()
    assert load_layer_of(empty, components) is components
    choose_load_layer(empty, None)
    assert load_layer_of(empty, components) is None


def test_near_cells_are_joined_in_their_order():
    near = read_near(make_cells_layer(), EVERYWHERE)
    both = joined([near.only(2), near.only(0)])
    assert both.codes == (f"{HOME}003", f"{HOME}001")
    assert both.cells[1].equals(near.cells[0])
