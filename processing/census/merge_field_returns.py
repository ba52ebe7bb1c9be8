"""wangge:merge_field_returns."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.census.merge import Return, kind_title
from ...plugin.census.packages import find_packages
from ...plugin.census.project import ProjectMerge, merge_into_project
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers
from .conflict_layer import read_decisions, read_rules, save_conflicts
from .pages import report_parameter, section, write_report
from .project_layer import project_table


class MergeFieldReturns(WanggeAlgorithm):
    """Take in what the teams bring back, without losing an edit of anybody."""

    ID = "merge_field_returns"
    GROUP = Group.CENSUS
    INPUT, PACKAGES, RESOLUTIONS, RULES = "INPUT", "PACKAGES", "RESOLUTIONS", "RULES"
    NEAR, CONFLICTS = "NEAR", "CONFLICTS"

    def title(self):
        return translate("Wangge", "Merge field returns")

    def summary(self):
        return translate(
            "Wangge",
            "Merges returned packages into the project's components, value by value against the "
            "snapshot each package carried. What only one side changed is taken; what both changed "
            "waits as a conflict. Merging a package again changes nothing; a merge can be undone.",
        )

    def example(self):
        return (
            "qgis_process run wangge:merge_field_returns -- INPUT='city.gpkg|layername=component' "
            "PACKAGES=returned CONFLICTS=conflicts.gpkg REPORT=merge.html"
        )

    def parameters(self):
        vector = Qgis.ProcessingSourceType.Vector
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT,
                    translate("Wangge", "Components"),
                    [Qgis.ProcessingSourceType.VectorAnyGeometry],
                ),
                translate("Wangge", "Layer of the census project; it is changed in one step."),
            ),
            described(
                QgsProcessingParameterMultipleLayers(
                    self.PACKAGES,
                    translate("Wangge", "Returned packages"),
                    QgsProcessing.SourceType.TypeFile,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "A folder with packages, or the packages themselves: their folders, their "
                    "package.gpkg alone, or .zip archives of them. Without any, open conflicts are "
                    "settled.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.RESOLUTIONS,
                    translate("Wangge", "Decisions"),
                    [vector],
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Conflicts of an earlier run, with choice filled in: field or office. Others "
                    "stay open.",
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.RULES, translate("Wangge", "Rules"), optional=True, multiLine=True
                ),
                translate(
                    "Wangge",
                    "For conflicts without decision: field, office, or JSON rules by kind and field; "
                    "the first that fits holds.",
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.NEAR,
                    translate("Wangge", "Near-duplicates within (m)"),
                    QgsProcessingParameterNumber.Type.Double,
                    1.0,
                    minValue=-1,
                ),
                translate(
                    "Wangge",
                    "A new component this close to one of its class is asked about; -1 asks never.",
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.CONFLICTS, translate("Wangge", "Open conflicts"), vector
                ),
                translate("Wangge", "All that wait for a decision, of earlier merges too."),
            ),
            report_parameter(),
        ]

    def outputs(self):
        return numbers(
            [
                ("MERGED", translate("Wangge", "Packages merged")),
                ("SKIPPED", translate("Wangge", "Packages merged before")),
                ("INSERTED", translate("Wangge", "Components added")),
                ("UPDATED", translate("Wangge", "Components changed")),
                ("DELETED", translate("Wangge", "Components deleted")),
                ("CONFLICT_COUNT", translate("Wangge", "Open conflicts")),
                ("SETTLED", translate("Wangge", "Conflicts settled")),
            ]
        )

    def execute(self, job: Job):
        project = project_table(job, self.INPUT)
        decisions = read_decisions(job, self.RESOLUTIONS)
        job.refuse_own_source(self.CONFLICTS)
        places = job.algorithm.parameterAsFileList(job.parameters, self.PACKAGES, job.context)
        with tempfile.TemporaryDirectory(prefix="wangge-") as unpacked:
            merged = merge_into_project(
                project.path,
                project.table,
                find_packages([Path(p) for p in places if p], Path(unpacked)),
                rules=read_rules(job.text(self.RULES)),
                decisions=decisions,
                near=project.units(job.number(self.NEAR)),
                progress=job.progress,
            )
        project.show_anew(job)
        _tell(job, merged)
        skipped = sum(p.status is Return.MERGED for p in merged.packages)
        crs = project.source.layer.crs()
        return {
            self.CONFLICTS: save_conflicts(
                job, self.CONFLICTS, merged.conflicts, crs, merged.teams
            ),
            **write_report(job, self.title(), _sections(merged)),
            "MERGED": len(merged.packages) - skipped,
            "SKIPPED": skipped,
            "INSERTED": merged.rows["inserted"],
            "UPDATED": merged.rows["updated"],
            "DELETED": merged.rows["deleted"],
            "CONFLICT_COUNT": len(merged.conflicts),
            "SETTLED": merged.settled,
        }


def _tell(job: Job, merged: ProjectMerge) -> None:
    for package in merged.packages:
        if package.status is Return.MERGED:
            text = translate("Wangge", "{team}: merged before, nothing is new.")
            job.progress.tell(text.format(team=package.team))
            continue
        job.progress.tell(
            translate(
                "Wangge",
                "{team}: {inserted} added, {updated} changed, {deleted} deleted, {conflicts} "
                "conflicts.",
            ).format(team=package.team, **package.counts)
        )
        for warning in package.warnings:
            job.progress.warn(f"{package.team}: {warning}")
        if package.missing_photos:
            job.progress.warn(
                translate("Wangge", "{team}: {count} photos are missing.").format(
                    team=package.team, count=package.missing_photos
                )
            )


def _sections(merged: ProjectMerge) -> list[str]:
    names = {
        "inserted": translate("Wangge", "Added"),
        "updated": translate("Wangge", "Changed"),
        "deleted": translate("Wangge", "Deleted"),
        "identical": translate("Wangge", "Changed alike by both sides"),
        "unchanged": translate("Wangge", "Unchanged"),
        "conflicts": translate("Wangge", "Conflicts"),
    }
    states = {
        Return.NEW: translate("Wangge", "merged"),
        Return.MERGED: translate("Wangge", "merged before"),
        Return.EDITED: translate("Wangge", "merged again, edited since"),
        Return.UNDONE: translate("Wangge", "merged again after an undo"),
    }
    packages = [
        (p.team, states[p.status], *(p.counts.get(n) for n in names), p.photos, p.missing_photos)
        for p in merged.packages
    ]
    head = [translate("Wangge", "Team"), translate("Wangge", "Package"), *names.values()]
    photos = [translate("Wangge", "Photos"), translate("Wangge", "Photos missing")]
    kinds = Counter(merged.conflicts.text("kind").tolist())
    warnings = [(p.team, w) for p in merged.packages for w in p.warnings]
    return [
        section(translate("Wangge", "Packages"), head + photos, packages),
        section(
            translate("Wangge", "Open conflicts"),
            [translate("Wangge", "Kind"), translate("Wangge", "Number")],
            [(kind_title(k), n) for k, n in sorted(kinds.items())],
        ),
        section(
            translate("Wangge", "Warnings"),
            [translate("Wangge", "Team"), translate("Wangge", "Warning")],
            warnings,
        ),
    ]
