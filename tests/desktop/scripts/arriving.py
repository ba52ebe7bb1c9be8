"""Switch the plugin off and on in a window that shows: what is there before everything is?"""

from qgis.core import QgsApplication
from qgis.utils import loadPlugin, plugins, startPlugin, unloadPlugin

import processing

REGISTRY = QgsApplication.processingRegistry()


def names():
    return sorted(a.name() for a in REGISTRY.providerById("wangge").algorithms())


def parameters(algorithm):
    made = REGISTRY.createAlgorithmById(f"wangge:{algorithm}")
    return [p.name() for p in made.parameterDefinitions()]


def switch_on():
    loadPlugin("wangge")
    startPlugin("wangge")


def steps(arguments, watch):
    out = {"whole": names()}
    unloadPlugin("wangge")
    yield 0.3
    watch.reset()
    switch_on()
    out["complete_at_once"] = plugins["wangge"].is_complete()
    yield plugins["wangge"].is_complete
    yield 0.5
    out["blocks"] = watch.blocks()
    out["kept"] = names()
    out["parameters"] = parameters("nightly_push")
    # Whoever cannot wait gets the algorithm itself, and a model too; then all goes on.
    unloadPlugin("wangge")
    switch_on()
    out["promised"] = names()
    out["rules"] = processing.run("wangge:list_rules", {"OUTPUT": arguments["rules"]})["OUTPUT"]
    out["parameters_early"] = parameters("nightly_push")
    yield plugins["wangge"].is_complete
    # Off again before it is complete.
    unloadPlugin("wangge")
    switch_on()
    yield 0.05
    unloadPlugin("wangge")
    out["left"] = REGISTRY.providerById("wangge") is not None
    yield 0.5
    return out
