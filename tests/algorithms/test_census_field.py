"""Packages go out to the teams and come back into the project, through the algorithms."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from qgis.core import (
    QgsExpressionContextUtils,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)


def features(path):
    layer = QgsVectorLayer(str(path), "layer", "ogr")
    assert layer.isValid(), path
    return list(layer.getFeatures())


class Project:
    """A copy of the town, in which the teams' packages are made."""

    def __init__(self, run, city, folder):
        self.run, self.folder = run, folder
        self.path = folder / "census.gpkg"
        shutil.copy(city("component").split("|")[0], self.path)
        self.component, self.grids = self.layer("component"), self.layer("unit_grid")
        self.packages = folder / "packages"

    def layer(self, name):
        return f"{self.path}|layername={name}"

    def pack(self, **options):
        options = {"TEAM_COUNT": 2, "FOLDER": str(self.packages), **options}
        return self.run("pack_field_packages", INPUT=self.component, GRIDS=self.grids, **options)

    def merge(self, **options):
        options = {
            "PACKAGES": [str(self.packages)],
            "CONFLICTS": str(self.folder / "conflicts.gpkg"),
            **options,
        }
        return self.run("merge_field_returns", INPUT=self.component, **options)

    def work(self, team):
        return f"{self.packages / team / 'package.gpkg'}|layername=component"

    def statuses(self):
        return {f["uuid"]: f["status"] for f in features(self.component)}


@pytest.fixture
def project(run, city, tmp_path):
    return Project(run, city, tmp_path)


def edit(source, change):
    """Edit a layer as QGIS does: in an edit session that is saved."""
    layer = QgsVectorLayer(source, "layer", "ogr")
    assert layer.startEditing()
    change(layer)
    assert layer.commitChanges(), layer.commitErrors()


def uuid_of(layer):
    return layer.fields().lookupField("uuid")


def set_status(uuids, value):
    def change(layer):
        index = layer.fields().lookupField("status")
        for feature in layer.getFeatures():
            if feature["uuid"] in uuids:
                layer.changeAttributeValue(feature.id(), index, value)

    return change


def test_packages_open_with_their_forms_without_the_plugin(project):
    done = project.pack(
        DEPARTMENTS=project.layer("department"),
        COMMUNITIES=project.layer("community"),
        ADDRESSES=project.layer("address"),
        BACKGROUND=[project.layer("street"), project.layer("building")],
    )
    assert done["PACKAGE_COUNT"] == 2
    assert done["COMPONENT_COUNT"] + done["UNPACKED"] == len(features(project.component))
    starts = []
    for folder in sorted(project.packages.iterdir()):
        names = {"package.gpkg", "base.gpkg", "package.qgz", "manifest.json"}
        assert {p.name for p in folder.iterdir()} == names
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        # The whole folder goes to a device, elsewhere.
        moved = Path(shutil.move(folder, project.folder / f"device-{manifest['team']}"))
        opened = QgsProject()
        assert opened.read(str(moved / "package.qgz"))
        layers = opened.mapLayers().values()
        assert all(layer.isValid() for layer in layers)
        assert all(str(moved) in layer.source() for layer in layers)
        points = next(
            layer for layer in layers if layer.source().endswith("component|geometrytype=Point")
        )
        assert points.featureCount() == len(manifest["uuids"])
        widget = points.editorWidgetSetup(points.fields().lookupField("status"))
        assert widget.type() == "ValueMap"
        scope = QgsExpressionContextUtils.projectScope(opened)
        assert scope.variable("wangge_project_id") == manifest["project_id"]
        block = manifest["blocks"][0]
        assert int(scope.variable("wangge_block_start")) == block["start"]
        starts.append(block["start"])
    assert len(set(starts)) == 2


def test_teams_come_from_a_table_a_field_or_a_count(project, tmp_path):
    community = sorted({f["community_code"] for f in features(project.grids)})[0]
    table = tmp_path / "teams.csv"
    table.write_text(f"team,community_code\n东队,{community}\n", encoding="utf-8")
    (tmp_path / "teams.csvt").write_text('"String","String"\n')
    done = project.pack(TEAMS=str(table), FOLDER=str(tmp_path / "a"))
    assert done["PACKAGE_COUNT"] == 1
    manifest = json.loads((tmp_path / "a" / "东队" / "manifest.json").read_text(encoding="utf-8"))
    assert {c[:12] for c in manifest["cells"]} == {community}
    communities = {f["community_code"] for f in features(project.grids)}
    done = project.pack(TEAMS="community_code", FOLDER=str(tmp_path / "b"))
    assert {p.name for p in (tmp_path / "b").iterdir()} == communities
    assert project.pack(TEAM_COUNT=3, FOLDER=str(tmp_path / "c"))["PACKAGE_COUNT"] == 3


def test_a_dialog_left_as_it_is_packs_for_one_team(project):
    """Dialogs hand every default on, the usual name of the team's field too."""
    assert project.pack(TEAM_COUNT=1, TEAM_FIELD="team", TEAMS=None)["PACKAGE_COUNT"] == 1
    with pytest.raises(QgsProcessingException, match="crew"):
        project.pack(TEAM_FIELD="crew", FOLDER=str(project.folder / "other"))


def test_only_what_is_selected_goes_out(project):
    layer = QgsVectorLayer(project.component, "components", "ogr")
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds([f.id() for f in layer.getFeatures()][:7])
    project.component = QgsProcessingFeatureSourceDefinition(layer.id(), True)
    assert project.pack()["COMPONENT_COUNT"] == 7
    layer.startEditing()
    with pytest.raises(QgsProcessingException, match="being edited"):
        project.merge()
    QgsProject.instance().removeMapLayer(layer.id())


def test_what_teams_bring_back_is_merged_once_and_can_be_undone(project, run):
    project.pack()
    before = project.statuses()
    one, two = sorted(p.name for p in project.packages.iterdir())
    first = features(project.work(one))
    changed, gone = first[0]["uuid"], first[1]["uuid"]
    other = features(project.work(two))[0]["uuid"]
    edit(project.work(one), set_status({changed}, "破损"))
    edit(
        project.work(one),
        lambda layer: layer.deleteFeatures(
            [f.id() for f in layer.getFeatures() if f["uuid"] == gone]
        ),
    )
    edit(project.work(two), set_status({other}, "丢失"))
    done = project.merge(REPORT=str(project.folder / "merge.html"))
    assert (done["MERGED"], done["UPDATED"], done["DELETED"]) == (2, 2, 1)
    assert done["CONFLICT_COUNT"] == 0
    expected = {u: s for u, s in before.items() if u != gone} | {changed: "破损", other: "丢失"}
    assert project.statuses() == expected
    assert one in (project.folder / "merge.html").read_text(encoding="utf-8")
    again = project.merge()
    assert (again["SKIPPED"], again["UPDATED"], again["DELETED"]) == (2, 0, 0)
    assert project.statuses() == expected
    undone = run("undo_field_merge", INPUT=project.component)
    assert (undone["UNDONE"], undone["INSERTED"], undone["KEPT"]) == (2, 1, 0)
    assert project.statuses() == before


def test_layers_on_the_map_show_the_merge(project, qgis_app):
    project.pack(TEAM_COUNT=1)
    team = next(project.packages.iterdir()).name
    gone = [f.id() for f in features(project.work(team))[:5]]
    edit(project.work(team), lambda layer: layer.deleteFeatures(gone))
    layer = QgsVectorLayer(project.component, "components", "ogr")
    QgsProject.instance().addMapLayer(layer)
    before = layer.featureCount()
    project.merge()
    qgis_app.processEvents()
    assert layer.featureCount() == before - 5
    QgsProject.instance().removeMapLayer(layer.id())


def test_conflicts_are_settled_one_by_one_and_by_rule(project):
    project.pack(TEAM_COUNT=1)
    team = next(project.packages.iterdir()).name
    uuids = [f["uuid"] for f in features(project.work(team))[:3]]
    edit(project.work(team), set_status(set(uuids), "破损"))
    edit(project.component, set_status(set(uuids), "丢失"))
    assert project.merge()["CONFLICT_COUNT"] == 3
    rows = features(project.folder / "conflicts.gpkg")
    assert {(f["field_value"], f["office_value"]) for f in rows} == {("破损", "丢失")}
    assert {f["team"] for f in rows} == {team}

    def choose(layer):
        index = layer.fields().lookupField("choice")
        for feature in layer.getFeatures():
            if feature["uuid"] == uuids[0]:
                layer.changeAttributeValue(feature.id(), index, "field")

    decided = str(project.folder / "decided.gpkg")
    shutil.copy(project.folder / "conflicts.gpkg", decided)
    edit(decided, choose)
    done = project.merge(RESOLUTIONS=decided)
    assert (done["SETTLED"], done["CONFLICT_COUNT"], done["UPDATED"]) == (1, 2, 1)
    assert [project.statuses()[u] for u in uuids] == ["破损", "丢失", "丢失"]
    done = project.merge(RULES='[{"choice": "office", "kind": "attribute", "field": "status"}]')
    assert (done["SETTLED"], done["CONFLICT_COUNT"], done["UPDATED"]) == (2, 0, 0)


def test_packages_come_back_as_archives_too(project):
    project.pack(TEAM_COUNT=1)
    folder = next(project.packages.iterdir())
    row = features(project.work(folder.name))[0]["uuid"]
    edit(project.work(folder.name), set_status({row}, "破损"))
    archive = project.folder / "returned.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in folder.iterdir():
            packed.write(path, f"{folder.name}/{path.name}")
    assert project.merge(PACKAGES=[str(archive)])["UPDATED"] == 1
    assert project.statuses()[row] == "破损"


def refusal(call, **parameters):
    with pytest.raises(QgsProcessingException) as caught:
        call(**parameters)
    text = str(caught.value)
    assert "Traceback" not in text
    assert "went wrong inside" not in text
    return text


def test_what_cannot_be_merged_is_told_and_changes_nothing(project, city, tmp_path, run):
    project.pack(TEAM_COUNT=1)
    folder = next(project.packages.iterdir())
    before = project.statuses()
    row = features(project.work(folder.name))[0]["uuid"]
    edit(project.work(folder.name), set_status({row}, "破损"))
    assert "destroy" in refusal(project.merge, CONFLICTS=str(project.path))
    assert "no field package" in refusal(project.merge, PACKAGES=[str(tmp_path / "nowhere")])
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\3\4 broken")
    assert "broken.zip" in refusal(project.merge, PACKAGES=[str(broken)])
    assert "rules" in refusal(project.merge, RULES="{").lower()
    assert "field" in refusal(project.merge, RULES='[{"choice": "mine"}]')
    other = tmp_path / "other"
    other.mkdir()
    stranger = Project(run, city, other)
    assert "another project" in refusal(stranger.merge, PACKAGES=[str(folder)])
    assert "none.gpkg" in refusal(
        run,
        name="merge_field_returns",
        INPUT="none.gpkg",
        PACKAGES=[str(folder)],
        CONFLICTS="memory:",
    )
    assert project.statuses() == before


def test_what_cannot_be_packed_is_told(project, run, tmp_path):
    memory = QgsVectorLayer("Point?crs=EPSG:4547&field=uuid:string", "灯", "memory")
    text = refusal(
        run,
        name="pack_field_packages",
        INPUT=memory,
        GRIDS=project.grids,
        FOLDER=str(tmp_path / "x"),
    )
    assert "灯" in text
    assert "GeoPackage" in text
    first = features(project.component)[0]["uuid"]
    edit(project.component, lambda layer: layer.changeAttributeValue(1, uuid_of(layer), None))
    assert first not in project.statuses()
    assert "uuid" in refusal(project.pack)
    table = tmp_path / "teams.csv"
    table.write_text("team,grid_code\n东队,x999\n", encoding="utf-8")
    text = refusal(project.pack, TEAMS=str(table))
    assert "x999" in text
    assert "东队" in text
    table.write_text("team,colour\n东队,red\n", encoding="utf-8")
    assert "grid_code" in refusal(project.pack, TEAMS=str(table))
    assert not project.packages.exists() or not list(project.packages.iterdir())
