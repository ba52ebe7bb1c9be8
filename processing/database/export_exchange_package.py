"""wangge:export_exchange_package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterString,
)

from ...plugin.errors import WanggeError
from ...plugin.layers.source import LayerSource
from ...plugin.rules.batch import Batch
from ...plugin.standards.domains import DOMAINS
from ...plugin.standards.extension import extend_layers
from ...plugin.standards.profile import EXCHANGE_CATEGORIES, EXCHANGE_FORMATS, Profile
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import renamed
from ..job import Job
from ..outputs import numbers
from .connections import CONNECTION, SCHEMA, platform_connection, schema

AS_PROFILE = "profile"


class ExportExchangePackage(WanggeAlgorithm):
    """Hand the city's data to another system as one checked package."""

    ID = "export_exchange_package"
    GROUP = Group.DATABASE
    AREA, PROFILE, CATEGORIES, FORMAT = "AREA_CODE", "PROFILE", "CATEGORIES", "FORMAT"
    PREVIOUS, FOLDER = "PREVIOUS", "FOLDER"
    #: Parameter -> layer of the product.
    LAYERS = {  # noqa: RUF012
        "COMPONENTS": "component",
        "GRIDS": "unit_grid",
        "DEPARTMENTS": "department",
        "COMMUNITIES": "community",
        "CASES": "case",
        "STAFF": "person",
    }

    def title(self):
        return translate("Wangge", "Export exchange package")

    def summary(self):
        return translate(
            "Wangge",
            "Writes persons, components, unit grids, departments, case dictionaries and six case "
            "statistics as a folder of JSON, XML, CSV or GeoPackage with a manifest of counts and "
            "hashes, and reads it back before it leaves. Layers that are given come before those of "
            "the platform.",
        )

    def example(self):
        return (
            "qgis_process run wangge:export_exchange_package -- CONNECTION=service=wangge "
            "CASES=city.gpkg|layername=case FOLDER=package"
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterProviderConnection(
                    CONNECTION,
                    translate("Wangge", "Platform database"),
                    "postgres",
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Name of a PostgreSQL connection saved in QGIS, or service=NAME from "
                    "pg_service.conf. Never an address or a password.",
                ),
            ),
            *(
                described(
                    QgsProcessingParameterFeatureSource(
                        name,
                        title,
                        [Qgis.ProcessingSourceType.Vector],
                        optional=True,
                    ),
                    help_text,
                )
                for name, title, help_text in self._layer_texts()
            ),
            described(
                QgsProcessingParameterEnum(
                    self.CATEGORIES,
                    translate("Wangge", "Categories"),
                    list(EXCHANGE_CATEGORIES),
                    allowMultiple=True,
                    optional=True,
                    usesStaticStrings=True,
                ),
                translate("Wangge", "What the package holds; the profile's categories if empty: ")
                + "、".join(v.zh for v in DOMAINS["exchange_category"].values),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.FORMAT,
                    translate("Wangge", "Format"),
                    [AS_PROFILE, *EXCHANGE_FORMATS],
                    defaultValue=AS_PROFILE,
                    usesStaticStrings=True,
                ),
                translate("Wangge", "Layout of the files; the profile's by default."),
            ),
            described(
                QgsProcessingParameterFile(
                    self.PREVIOUS,
                    translate("Wangge", "Previous package"),
                    Qgis.ProcessingFileParameterBehavior.Folder,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Folder of an earlier package, or one that holds packages, of which the newest is "
                    "taken: only what changed since is written, and the keys of what is gone.",
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.AREA, translate("Wangge", "Area code"), optional=True
                ),
                translate("Wangge", "Digits of a district, street, community or unit grid."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterString(
                    SCHEMA, translate("Wangge", "Schema"), defaultValue="wangge", optional=True
                ),
                translate("Wangge", "Schema of the platform."),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
                translate(
                    "Wangge",
                    "New, empty, or with an earlier package, which is replaced at the end.",
                ),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("CATEGORY_COUNT", translate("Wangge", "Categories")),
                ("ROW_COUNT", translate("Wangge", "Rows")),
                ("REMOVED_COUNT", translate("Wangge", "Rows gone since the previous package")),
            ]
        )

    def execute(self, job: Job):
        from ...plugin.database.exchange.export import export_package

        profile = read_profile(job, self.PROFILE)
        folder = Path(job.algorithm.parameterAsFileOutput(job.parameters, self.FOLDER, job.context))
        chosen = job.choice(self.FORMAT)
        previous = self._previous(job, folder)
        with ExitStack() as open_things:
            sources = self._platform(job, profile, open_things) | self._layers(job, profile)
            if not sources:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "There is nothing to export. Give a connection to the platform, or layers.",
                    )
                )
            done = export_package(
                folder,
                sources,
                profile,
                categories=[c for c in self._categories(job) if c],
                format="" if chosen == AS_PROFILE else chosen,
                previous=previous,
                progress=job.progress,
            )
        contents = done.manifest.contents
        for content in contents:
            job.progress.tell(f"{content.table.title} {content.table.name}: {content.rows}")
        return {
            self.FOLDER: str(folder),
            "CATEGORY_COUNT": len(contents),
            "ROW_COUNT": done.rows,
            "REMOVED_COUNT": sum(c.removed for c in contents),
        }

    def _previous(self, job: Job, folder: Path) -> Path | None:
        from ...plugin.database.exchange.folders import latest_package

        given = job.file(self.PREVIOUS)
        if given is None:
            return None
        if not given.is_dir():
            raise WanggeError(
                translate("Wangge", "The folder “{folder}” is not there. Check the path.").format(
                    folder=given
                )
            )
        found = latest_package(given, other_than=folder)
        if found is None:
            job.progress.tell(
                translate(
                    "Wangge", "There is no earlier package in “{folder}”: all is written."
                ).format(folder=given)
            )
        return found

    def _categories(self, job: Job) -> list[str]:
        return job.algorithm.parameterAsEnumStrings(job.parameters, self.CATEGORIES, job.context)

    def _platform(self, job: Job, profile: Profile, open_things: ExitStack) -> dict:
        if not job.is_given(CONNECTION):
            return {}
        from ...plugin.database.exchange.platform import platform_sources

        return open_things.enter_context(
            platform_sources(
                open_things.enter_context(platform_connection(job)),
                profile,
                area_code=job.text(self.AREA),
                schema=schema(job),
                progress=job.progress,
            )
        )

    def _layers(self, job: Job, profile: Profile) -> dict[str, Callable[[], Iterator[Batch]]]:
        specs = extend_layers(profile)
        sources: dict[str, Callable[[], Iterator[Batch]]] = {}
        for name, layer in self.LAYERS.items():
            source = job.source(name)
            if source is not None:
                sources[layer] = partial(_renamed_batches, job, source, specs[layer])
        return sources

    def _layer_texts(self) -> list[tuple[str, str, str]]:
        return [
            (
                "COMPONENTS",
                translate("Wangge", "Components"),
                translate("Wangge", "Instead of the platform's."),
            ),
            (
                "GRIDS",
                translate("Wangge", "Unit grids"),
                translate("Wangge", "Instead of the platform's."),
            ),
            (
                "DEPARTMENTS",
                translate("Wangge", "Departments"),
                translate("Wangge", "Instead of the platform's."),
            ),
            (
                "COMMUNITIES",
                translate("Wangge", "Communities"),
                translate("Wangge", "Names of the areas in the statistics."),
            ),
            (
                "CASES",
                translate("Wangge", "Cases"),
                translate("Wangge", "What the six statistics are computed from."),
            ),
            (
                "STAFF",
                translate("Wangge", "Staff"),
                translate(
                    "Wangge",
                    "Table of persons; without one the surveyors whom the components name are taken.",
                ),
            ),
        ]


def _renamed_batches(job: Job, source: LayerSource, spec: LayerSpec) -> Iterator[Batch]:
    for batch in job.batches(source):
        yield renamed(batch, spec)
