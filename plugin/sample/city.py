"""A town invented from a seed: every layer of the product, believable and known in all parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..translation import translate
from .addresses import make_addresses
from .areas import Numberer, community_batch, grid_batch, make_areas, number_in_rows
from .blocks import cut_blocks
from .buildings import building_batch, raise_buildings
from .cases import make_cases
from .components import component_batch
from .departments import department_batch, make_departments
from .facilities import make_cameras, make_facilities, make_monitors
from .furniture import make_site, place_components
from .mistakes import plant_errors
from .model import City, CityOptions, DeliberateError
from .names import district_name
from .plan import Plan, make_plan
from .risks import make_risks
from .streets import lay_streets, street_batch
from .survey import make_survey
from .terrain import Terrain, make_terrain
from .waters import make_waters

CRS = "EPSG:4545"
ORIGIN = (412_000.0, 3_275_000.0)
DISTRICT = "509901"
RIVER_AT = 0.42
ASPECT = 1.25
LEAST_AREA = 1.0
LEAST_COMPONENTS = 100

#: Divides communities into cells: (communities, street lines, street ranks) -> cells and the
#: number of the community of each.
Partitioner = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Setting:
    """Where on the map a town lies and by what codes it goes."""

    width: float
    height: float
    origin: tuple[float, float] = ORIGIN
    district_code: str = DISTRICT
    district_name: str = ""
    is_tile: bool = False


def generate(
    options: CityOptions,
    *,
    number: Numberer | None = None,
    partition: Partitioner | None = None,
    progress: Progress = SILENT,
) -> City:
    """Invent a town.

    Parameters
    ----------
    options : CityOptions
    number : callable, optional
        Codes for the cells instead of the simple numbering here.
    partition : callable, optional
        Cells instead of the town's own blocks.

    Returns
    -------
    City
        Layers ``community``, ``street``, ``water``, ``building``, ``unit_grid``,
        ``component``, ``department``, ``address``, ``risk``, ``case``, ``survey``,
        ``facility``, ``monitor`` and ``camera``.

    Raises
    ------
    WanggeError
        When the town has no room for so many components.
    """
    _check(options)
    height = (options.area_km2 * 1e6 / ASPECT) ** 0.5
    setting = Setting(ASPECT * height, height, district_name=district_name(0))
    terrain, plan = fit_plan(options, setting)
    return build(options, setting, terrain, plan, number, partition, progress)


def _check(options: CityOptions) -> None:
    if not LEAST_AREA <= options.area_km2 < np.inf:
        raise WanggeError(
            translate(
                "Wangge", "A sample city needs at least {least} km², not {given}. Enlarge its area."
            ).format(least=LEAST_AREA, given=options.area_km2)
        )
    if options.components < LEAST_COMPONENTS:
        raise WanggeError(
            translate(
                "Wangge", "A sample city needs at least {least} components, not {given}."
            ).format(least=LEAST_COMPONENTS, given=options.components)
        )


def fit_plan(options: CityOptions, setting: Setting) -> tuple[Terrain, Plan]:
    """Lay out the ground and the main roads; a town is stretched to the area wanted."""
    scale = 1.0
    for _ in range(6):
        rng = np.random.default_rng([options.seed, 1, int(setting.district_code)])
        terrain = make_terrain(
            rng,
            width=setting.width * scale,
            height=setting.height * scale,
            river_at=RIVER_AT,
            origin=setting.origin,
            is_tile=setting.is_tile,
        )
        plan = make_plan(rng, terrain, stretch=scale)
        if setting.is_tile:
            break
        area = sum(f.polygon.area for f in plan.fields)
        ratio = options.area_km2 * 1e6 / area
        if abs(ratio - 1) < 0.002:
            break
        scale *= ratio**0.5
    return terrain, plan


def build(
    options: CityOptions,
    setting: Setting,
    terrain: Terrain,
    plan: Plan,
    number: Numberer | None,
    partition: Partitioner | None,
    progress: Progress,
) -> City:
    """Build a town on a plan: streets, houses, people's things, lists."""
    today = np.datetime64(options.today, "D")
    seed = [options.seed, *(ord(c) for c in setting.district_code)]

    def rng(salt: int) -> np.random.Generator:
        return np.random.default_rng([*seed, salt])

    def done(share: float, message: str) -> None:
        progress.report(share)
        progress.tell(message)
        stop_if_cancelled(progress)

    network = cut_blocks(rng(2), terrain, plan)
    areas = make_areas(
        rng(3), plan, network.communities,
        district_code=setting.district_code, district_name=setting.district_name,
    )  # fmt: skip
    done(0.15, translate("Wangge", "Blocks and communities are laid out."))
    river = terrain.river()
    streets = lay_streets(rng(4), network, plan, river)
    waters = make_waters(rng(5), network, river)
    buildings = raise_buildings(rng(6), network, streets, waters.polygons)
    done(0.4, translate("Wangge", "Streets and buildings stand."))
    cells, community = network.cells, network.cell_field
    if partition is not None:
        cells, community = partition(network.communities, streets.lines, streets.rank)
    codes = (number or number_in_rows)(cells, community, areas.community_codes)
    departments = make_departments(
        setting.district_code, setting.district_name, list(areas.street_names)
    )
    site = make_site(streets, buildings, waters.polygons, cells)
    xy, habit, cell = place_components(rng(7), site, options.components)
    components = component_batch(
        rng(8), areas, departments, xy, habit, codes[cell], community[cell], today=today, crs=CRS
    )
    done(0.8, translate("Wangge", "Components are placed."))
    address = make_addresses(rng(9), areas, streets, buildings, network.cells, crs=CRS)
    area = shapely.area(network.communities).sum() / 1e6
    risks = make_risks(
        rng(10), areas, departments, components, address,
        min(max(60, int(20 * area)), len(components) // 2), today=today, crs=CRS,
    )  # fmt: skip
    cases = make_cases(
        rng(11), areas, departments, components, cells, codes, address,
        max(options.components // 10, 20), today=today, crs=CRS,
    )  # fmt: skip
    prefix = setting.district_code
    layers = {
        "community": community_batch(areas, crs=CRS),
        "street": street_batch(streets, crs=CRS, prefix=prefix),
        "water": waters.batch(crs=CRS, prefix=prefix),
        "building": building_batch(buildings, crs=CRS, prefix=prefix),
        "unit_grid": grid_batch(areas, cells, community, codes, crs=CRS),
        "component": components,
        "department": department_batch(departments),
        "address": address,
        "risk": risks,
        "case": cases,
        "survey": make_survey(rng(12), components),
        "facility": make_facilities(
            rng(14), areas, departments, components, area, today=today, crs=CRS
        ),
        "monitor": make_monitors(rng(15), areas, departments, components, today=today, crs=CRS),
        "camera": make_cameras(rng(16), areas, departments, components, today=today, crs=CRS),
    }
    deliberate: tuple[DeliberateError, ...] = ()
    if options.errors:
        layers, deliberate = plant_errors(rng(13), layers)
    progress.report(1.0)
    return City(layers, CRS, deliberate)
