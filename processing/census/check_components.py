"""wangge:check_components."""

from __future__ import annotations

from ...plugin.layers.source import LayerSource
from ...plugin.translation import translate
from ..base import Group
from ..check_references import folder_parameter, read_owners, read_photos
from ..checking import (
    CheckAlgorithm,
    read_areas,
    read_departments,
    read_shapes_reference,
    reference_parameter,
)
from ..job import Job


class CheckComponents(CheckAlgorithm):
    """Check components: codes, classes, unit grids, departments, dates, duplicates."""

    ID = "check_components"
    GROUP = Group.CENSUS
    KIND = "component"
    GRIDS, DEPARTMENTS, COMMUNITIES = "GRIDS", "DEPARTMENTS", "COMMUNITIES"
    BUILDINGS, WATER, CARRIAGEWAYS = "BUILDINGS", "WATER", "CARRIAGEWAYS"
    PHOTOS, OTHERS = "PHOTOS", "OTHERS"

    def title(self):
        return translate("Wangge", "Check components")

    def summary(self):
        return translate(
            "Wangge",
            "Checks codes, classes, unit grids by location, departments, mandatory fields, dates and "
            "duplicates. Each finding says what to do, and suggests a fix where one is safe.",
        )

    def input_title(self):
        return translate("Wangge", "Components")

    def reference_parameters(self):
        return [
            reference_parameter(
                self.GRIDS,
                translate("Wangge", "Unit grids"),
                translate("Wangge", "To compare each component's unit grid with its location."),
            ),
            reference_parameter(
                self.DEPARTMENTS,
                translate("Wangge", "Departments"),
                translate("Wangge", "Register in which authority codes and names must stand."),
                polygons=False,
            ),
            reference_parameter(
                self.COMMUNITIES,
                translate("Wangge", "Communities"),
                translate("Wangge", "To sum up the report by community."),
            ),
            reference_parameter(
                self.BUILDINGS,
                translate("Wangge", "Buildings"),
                translate("Wangge", "Components inside a building are told."),
            ),
            reference_parameter(
                self.WATER,
                translate("Wangge", "Water"),
                translate("Wangge", "Components in the water are told."),
            ),
            reference_parameter(
                self.CARRIAGEWAYS,
                translate("Wangge", "Carriageways"),
                translate("Wangge", "Manhole covers on them are told."),
            ),
            folder_parameter(
                self.PHOTOS,
                translate("Wangge", "Folder of the photos"),
                translate("Wangge", "To find photos that are absent, broken or there twice."),
            ),
            reference_parameter(
                self.OTHERS,
                translate("Wangge", "Components of others"),
                translate(
                    "Wangge",
                    "Those on the platform or of other packages: a code that one of them has "
                    "under another uuid is told.",
                ),
                polygons=False,
            ),
        ]

    def references(self, job: Job, source: LayerSource):
        crs = source.layer.crs()
        return {
            "grids": read_areas(job, self.GRIDS, "unit_grid", crs),
            "departments": read_departments(job, self.DEPARTMENTS),
            "communities": read_areas(job, self.COMMUNITIES, "community", crs),
            "buildings": read_shapes_reference(job, self.BUILDINGS, crs),
            "water": read_shapes_reference(job, self.WATER, crs),
            "carriageways": read_shapes_reference(job, self.CARRIAGEWAYS, crs),
            "photos": read_photos(job, self.PHOTOS),
            "existing": read_owners(job, self.OTHERS),
        }
