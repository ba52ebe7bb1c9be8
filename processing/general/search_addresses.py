"""wangge:search_addresses."""

from __future__ import annotations

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.batch import Batch
from ...plugin.standards.address_search import AddressSearch
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import active, renamed, require_field
from ..job import Job
from ..outputs import numbers


class SearchAddresses(WanggeAlgorithm):
    """Find places by what somebody says, without a service."""

    ID = "search_addresses"
    GROUP = Group.GENERAL
    ADDRESSES, QUERY, LIMIT, OUTPUT = "ADDRESSES", "QUERY", "LIMIT", "OUTPUT"

    def title(self):
        return translate("Wangge", "Search addresses")

    def summary(self):
        return translate(
            "Wangge",
            "Looks names, parts of names, codes and pinyin initials up among the geocoded places, "
            "offline. Numbers may be written either way; names that were given up are found last.",
        )

    def example(self):
        return (
            "qgis_process run wangge:search_addresses -- "
            "ADDRESSES='city.gpkg|layername=address' QUERY=中山路12号 OUTPUT=found.gpkg"
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.ADDRESSES,
                    translate("Wangge", "Addresses"),
                    [Qgis.ProcessingSourceType.VectorAnyGeometry],
                ),
                translate("Wangge", "Geocoded places with address_name."),
            ),
            described(
                QgsProcessingParameterString(
                    self.QUERY, translate("Wangge", "Search for"), multiLine=True
                ),
                translate("Wangge", "One place a line."),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.LIMIT,
                    translate("Wangge", "At most"),
                    defaultValue=20,
                    minValue=1,
                    maxValue=1000,
                ),
                translate("Wangge", "Places for each line, the likeliest first."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT,
                    translate("Wangge", "Places found"),
                    Qgis.ProcessingSourceType.Vector,
                ),
                translate(
                    "Wangge", "A point for each place, with what it answers to and how well."
                ),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("FOUND_COUNT", translate("Wangge", "Places found")),
                ("NOT_FOUND", translate("Wangge", "Lines without any")),
            ]
        )

    def execute(self, job: Job):
        source = job.required_source(self.ADDRESSES)
        places = renamed(job.columns(source), layer_spec("address"))
        require_field(places, source, "address_name")
        search = AddressSearch(
            places.text("address_name").tolist(),
            places.text("address_code").tolist(),
            (~active(places)).tolist(),
        )
        queries = [line.strip() for line in job.text(self.QUERY).splitlines() if line.strip()]
        answers = [(q, search.search(q, job.integer(self.LIMIT))) for q in queries]
        hits = [(q, k, hit) for q, found in answers for k, hit in enumerate(found, 1)]
        rows = places.take(np.array([hit.row for _, _, hit in hits], np.int64))
        texts = {
            "query": [q for q, _, _ in hits],
            "match": [hit.match.name.lower() for _, _, hit in hits],
        }
        fields = {
            **{name: _column(values) for name, values in texts.items()},
            "rank": np.array([k for _, k, _ in hits], np.int64),
            **{f.name: rows.fields[f.name] for f in layer_spec("address").fields
               if f.name in rows.fields},
        }  # fmt: skip
        points = Batch(fields, shapely.point_on_surface(rows.geometry), rows.ids, rows.crs)
        return {
            self.OUTPUT: job.save(
                self.OUTPUT,
                points,
                fields_of_columns(fields, spec=layer_spec("address")),
                Qgis.WkbType.Point,
                source.layer.crs(),
                style="address",
            ),
            "FOUND_COUNT": len(hits),
            "NOT_FOUND": sum(not found for _, found in answers),
        }


def _column(values: list[str]) -> np.ndarray:
    made = np.empty(len(values), object)
    made[:] = values
    return made
