"""wangge:list_rules."""

from __future__ import annotations

import csv
import io

from qgis.core import QgsProcessingParameterFileDestination

from ...plugin.rules.catalogue import list_rules
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..files import write_text
from ..job import Job
from ..outputs import numbers


class ListRules(WanggeAlgorithm):
    """List the catalogue of rules."""

    ID = "list_rules"
    GROUP = Group.GENERAL
    OUTPUT = "OUTPUT"

    def title(self):
        return translate("Wangge", "List rules")

    def summary(self):
        return translate(
            "Wangge",
            "Writes the catalogue of rules as a table: id, severity, subject, titles in both "
            "languages and the parameters a city profile can set.",
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFileDestination(
                    self.OUTPUT, translate("Wangge", "Rules"), "CSV (*.csv)"
                ),
                translate("Wangge", "Table in UTF-8 with one row a rule."),
            )
        ]

    def outputs(self):
        return numbers([("RULE_COUNT", translate("Wangge", "Number of rules"))])

    def execute(self, job: Job):
        rules = list_rules()
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(rules.fields)
        writer.writerows(zip(*rules.fields.values(), strict=True))
        path = job.file_output(self.OUTPUT)
        if path is None:
            return {"RULE_COUNT": len(rules)}
        # The mark at the start lets spreadsheets read Chinese.
        write_text(path, "\ufeff" + text.getvalue())
        return {self.OUTPUT: str(path), "RULE_COUNT": len(rules)}
