"""wangge:migrate_standard."""

from __future__ import annotations

from collections import Counter

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ...plugin.census.migration import Migration, migrate_standard, with_new_codes
from ...plugin.census.numbering import number_components
from ...plugin.layers.fields import fields_of_columns
from ...plugin.progress import stop_if_cancelled
from ...plugin.standards.classes import ClassTable, class_table
from ...plugin.standards.crosswalk import read_crosswalk
from ...plugin.standards.editions import Edition, edition
from ...plugin.standards.extension import extend_classes
from ...plugin.standards.layers import component_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..editions import edition_parameter, read_edition
from ..inputs import renamed, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers, save_layer
from .migration_review import decide, read_rules, review_rows
from .pages import report_parameter, section, write_report


class MigrateStandard(WanggeAlgorithm):
    """Bring components from one edition of the standard to a newer one."""

    ID = "migrate_standard"
    GROUP = Group.CENSUS
    INPUT, FROM, TO, CROSSWALK, PROFILE = "INPUT", "FROM", "TO", "CROSSWALK", "PROFILE"
    RULES, DECISIONS, NUMBER, DISTRICT = "RULES", "DECISIONS", "NUMBER", "DISTRICT_CODE"
    OUTPUT, REVIEW, LINEAGE = "OUTPUT", "REVIEW", "LINEAGE"

    def title(self):
        return translate("Wangge", "Migrate to another standard")

    def summary(self):
        return translate(
            "Wangge",
            "Brings components to a newer edition: classes by the crosswalk, cells to their longer "
            "codes, new component codes, old ones kept beside them. What the crosswalk splits, drops "
            "or does not know goes to review, until a rule or a person decides. No row is lost.",
        )

    def example(self):
        return (
            "qgis_process run wangge:migrate_standard -- INPUT=old.shp FROM=cjt214_2007 "
            "OUTPUT=new.gpkg REVIEW=review.gpkg REPORT=migration.html"
        )

    def parameters(self):
        anything = Qgis.ProcessingSourceType.Vector
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Components"), [anything]
                ),
                translate("Wangge", "With class_code or component_code of the older edition."),
            ),
            edition_parameter(self.FROM, translate("Wangge", "From"), edition("2007")),
            edition_parameter(self.TO, translate("Wangge", "To")),
            described(
                QgsProcessingParameterFile(
                    self.CROSSWALK,
                    translate("Wangge", "The city's own crosswalk"),
                    extension="csv",
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "CSV with from_code, to_codes and kind (same, renamed, split, manual, none); "
                    "that of the standards if empty.",
                ),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSource(
                    self.RULES, translate("Wangge", "Rules"), [anything], optional=True
                ),
                translate(
                    "Wangge",
                    "Table with old_class_code and new_class_code (a class, a subclass or retire), and, "
                    "for some rows of a class only, field and contains.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.DECISIONS, translate("Wangge", "Decisions"), [anything], optional=True
                ),
                translate(
                    "Wangge",
                    "Review layer of an earlier run in which decision holds a class code or retire.",
                ),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.NUMBER, translate("Wangge", "Give new component codes"), True
                ),
                translate("Wangge", "Off: component_code stays empty, to be numbered later."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterString(
                    self.DISTRICT, translate("Wangge", "District code"), optional=True
                ),
                translate("Wangge", "6 digits, for components whose unit grid is not known."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Migrated components")
                ),
                translate("Wangge", "In the new edition, with their old codes."),
            ),
            described(
                QgsProcessingParameterFeatureSink(self.REVIEW, translate("Wangge", "To review")),
                translate(
                    "Wangge",
                    "Undecided rows as they came, with candidates and an empty decision; retired "
                    "ones too.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.LINEAGE,
                    translate("Wangge", "Lineage"),
                    anything,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Which old code became which new one, and how."),
            ),
            report_parameter(),
        ]

    def outputs(self):
        return numbers(
            [
                ("INPUT_COUNT", translate("Wangge", "Components")),
                ("MIGRATED", translate("Wangge", "Components migrated")),
                ("REVIEW_COUNT", translate("Wangge", "Components to review")),
                ("RETIRED", translate("Wangge", "Components retired by a decision")),
            ]
        )

    def execute(self, job: Job):
        old, new = read_edition(job, self.FROM), read_edition(job, self.TO)
        source = job.required_source(self.INPUT)
        components = renamed(job.columns(source), component_spec(old))
        require_rows(components, source)
        own = job.file(self.CROSSWALK)
        profile = read_profile(job, self.PROFILE)
        classes = extend_classes(profile) if profile.edition == new else class_table(new)
        job.progress.report(0.2)
        made = migrate_standard(
            components,
            old,
            new,
            ways=read_crosswalk(own, old, new) if own else None,
            classes=classes,
            rules=read_rules(job, self.RULES),
        )
        made = decide(job, self.DECISIONS, made, components, new, classes)
        stop_if_cancelled(job.progress)
        if job.flag(self.NUMBER):
            made = self._numbered(job, made, new)
        job.progress.report(0.6)
        review = review_rows(made, components)
        job.progress.tell(
            translate(
                "Wangge", "{rows} components: {migrated} migrated, {review} to review."
            ).format(rows=len(components), migrated=len(made.migrated), review=len(review))
        )
        crs, shape = source.layer.crs(), geometry_of(source)
        return {
            self.OUTPUT: save_layer(
                job,
                self.OUTPUT,
                _with_old_codes(made),
                component_spec(new),
                shape,
                crs,
                style="component",
            ),
            self.REVIEW: save_layer(job, self.REVIEW, review, component_spec(old), shape, crs),
            self.LINEAGE: job.save(
                self.LINEAGE,
                made.lineage,
                fields_of_columns(made.lineage.fields),
                Qgis.WkbType.NoGeometry,
                crs,
            ),
            **write_report(job, self.title(), _sections(made, old, classes)),
            "INPUT_COUNT": len(components),
            "MIGRATED": len(made.migrated),
            "REVIEW_COUNT": len(review),
            "RETIRED": len(made.retired),
        }

    def _numbered(self, job: Job, made: Migration, new: Edition) -> Migration:
        # Where neither cell nor community is known, the old code still names the district.
        rows = made.migrated
        area = np.where(rows.text("grid_code") == "", rows.text("community_code"), "-")
        before = _of_migrated(made, "old_code")
        district = np.array([c[:6] for c in before.tolist()], dtype=object)
        known = rows.with_fields(
            community_code=np.where(area == "", district, rows.text("community_code"))
        )
        done = number_components(
            known, standard=new, district_code=job.text(self.DISTRICT), progress=job.progress
        )
        lost = sum(code is None for code in done.codes.tolist())
        if lost:
            job.progress.warn(
                translate(
                    "Wangge",
                    "{count} components lie in no known district and got no code; give the district "
                    "code.",
                ).format(count=lost)
            )
        return with_new_codes(made, done.codes)


def _of_migrated(made: Migration, name: str) -> np.ndarray:
    """Return a column of the lineage in the order of the migrated rows."""
    value = dict(zip(made.lineage.ids.tolist(), made.lineage.text(name).tolist(), strict=True))
    column = np.full(len(made.migrated), "", dtype=object)
    column[:] = [value[i] for i in made.migrated.ids.tolist()]
    return column


def _with_old_codes(made: Migration):
    return made.migrated.with_fields(
        old_component_code=_of_migrated(made, "old_code"),
        old_class_code=_of_migrated(made, "old_class_code"),
    )


def _sections(made: Migration, old: Edition, classes: ClassTable) -> list[str]:
    before = class_table(old)

    def name(code: str, table: ClassTable) -> str:
        return f"{code} {table[code].name}" if code in table else code or "–"

    ways = Counter(
        zip(
            made.lineage.text("old_class_code").tolist(),
            made.lineage.text("new_class_code").tolist(),
            strict=True,
        )
    )
    waiting = Counter(
        zip(
            made.review.text("old_class_code").tolist(),
            made.review.text("kind").tolist(),
            made.review.text("candidates").tolist(),
            strict=True,
        )
    )
    from_, to = translate("Wangge", "From"), translate("Wangge", "To")
    count, kind = translate("Wangge", "Components"), translate("Wangge", "Kind")
    return [
        section(
            translate("Wangge", "How classes pass"),
            [kind, count],
            [(k, n) for k, n in made.counts.items() if n],
        ),
        section(
            translate("Wangge", "To review"),
            [from_, kind, translate("Wangge", "Candidates"), count],
            [
                (
                    name(code, before),
                    how,
                    ", ".join(name(c, classes) for c in candidates.split()) or "–",
                    n,
                )
                for (code, how, candidates), n in sorted(waiting.items())
            ],
        ),
        section(
            translate("Wangge", "Migrated components"),
            [from_, to, count],
            [(name(a, before), name(b, classes), n) for (a, b), n in sorted(ways.items())],
        ),
    ]
