"""wangge:check_addresses."""

from __future__ import annotations

from ...plugin.layers.source import LayerSource
from ...plugin.translation import translate
from ..base import Group
from ..checking import CheckAlgorithm, read_areas, reference_parameter
from ..job import Job


class CheckAddresses(CheckAlgorithm):
    """Check geocoded places: kinds, names, streets, communities, history."""

    ID = "check_addresses"
    GROUP = Group.GENERAL
    KIND = "address"
    COMMUNITIES = "COMMUNITIES"

    def title(self):
        return translate("Wangge", "Check addresses")

    def summary(self):
        return translate(
            "Wangge",
            "Checks kinds, double names in any spelling, streets of door plates, communities by "
            "location and the history of names of the geocoded places.",
        )

    def input_title(self):
        return translate("Wangge", "Addresses")

    def reference_parameters(self):
        return [
            reference_parameter(
                self.COMMUNITIES,
                translate("Wangge", "Communities"),
                translate("Wangge", "To compare each place's community with its location."),
            )
        ]

    def references(self, job: Job, source: LayerSource):
        return {"communities": read_areas(job, self.COMMUNITIES, "community", source.layer.crs())}
