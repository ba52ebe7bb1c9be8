"""The habits of component classes: where each stands, how often, in whose charge."""

from __future__ import annotations

from dataclasses import dataclass

from .plan import Rank


@dataclass(frozen=True)
class Habit:
    """Where a class stands.

    Attributes
    ----------
    code : str
        Class code of GB/T 47678.5-2026.
    weight : float
        Share among all components.
    place : str
        ``kerb`` along the sidewalks, ``carriageway``, ``corner`` at crossings, ``yard`` by
        buildings, ``bank`` along the water.
    lowest : Rank
        The least of the streets it stands in.
    spacing : float
        Usual distance between two of them in metres.
    jitter : float
        How uneven, 0 to 1.
    body : str
        Key of the department in charge.
    owner : str
        Key of the owner, empty for the same.
    offset : float
        Metres from the carriageway's edge (``kerb``) or its middle (``carriageway``).
    """

    code: str
    weight: float
    place: str
    lowest: Rank
    spacing: float
    jitter: float
    body: str
    owner: str = ""
    offset: float = 1.2


_L, _B, _S = Rank.LANE, Rank.BRANCH, Rank.SECONDARY
HABITS: tuple[Habit, ...] = (
    Habit("04002", 21.0, "kerb", _B, 7, 0.15, "green", offset=1.6),
    Habit("01037", 15.0, "kerb", _L, 28, 0.08, "light", offset=0.7),
    Habit("01003", 9.5, "carriageway", _L, 35, 0.2, "municipal", "drain", offset=1.7),
    Habit("01002", 8.0, "carriageway", _L, 38, 0.2, "municipal", "drain", offset=1.1),
    Habit("01004", 7.0, "kerb", _L, 25, 0.2, "municipal", "drain", offset=-0.4),
    Habit("01001", 5.0, "carriageway", _L, 55, 0.4, "municipal", "supply", offset=2.4),
    Habit("01007", 4.2, "kerb", _B, 60, 0.4, "municipal", "telecom", offset=2.4),
    Habit("01005", 3.4, "kerb", _B, 65, 0.4, "municipal", "power", offset=2.9),
    Habit("03005", 3.2, "kerb", _L, 70, 0.5, "clean", offset=0.9),
    Habit("02010", 3.0, "kerb", _B, 80, 0.6, "police", offset=0.4),
    Habit("01011", 2.2, "carriageway", _B, 90, 0.5, "municipal", "gas", offset=3.1),
    Habit("02021", 2.0, "kerb", _S, 12, 0.3, "municipal", offset=0.25),
    Habit("02014", 1.8, "corner", _S, 0, 0.0, "police", offset=3.0),
    Habit("01030", 1.5, "kerb", _L, 50, 0.2, "urban", "power", offset=3.3),
    Habit("01031", 1.2, "kerb", _L, 52, 0.3, "urban", "telecom", offset=3.7),
    Habit("04011", 1.2, "kerb", _B, 9, 0.2, "green", offset=2.1),
    Habit("01006", 1.1, "kerb", _B, 80, 0.2, "light", offset=1.9),
    Habit("01050", 1.0, "corner", _B, 0, 0.0, "police", offset=4.2),
    Habit("02038", 1.0, "yard", _L, 0, 1.0, "urban", "police", offset=0.6),
    Habit("02012", 0.9, "corner", _B, 0, 0.0, "municipal", offset=5.5),
    Habit("01013", 0.9, "kerb", _B, 120, 0.3, "fire", offset=1.4),
    Habit("03007", 0.9, "yard", _L, 0, 1.0, "urban", offset=0.9),
    Habit("04007", 0.7, "kerb", _S, 60, 0.8, "green", offset=3.0),
    Habit("01027", 0.6, "kerb", _B, 150, 0.8, "urban", "telecom", offset=3.2),
    Habit("02004", 0.55, "kerb", _S, 450, 0.3, "bus", offset=1.0),
    Habit("01048", 0.5, "yard", _L, 0, 1.0, "urban", "power", offset=2.2),
    Habit("01012", 0.4, "kerb", _S, 120, 0.5, "police", offset=2.6),
    Habit("01015", 0.4, "corner", _S, 0, 0.0, "police", offset=6.4),
    Habit("01018", 0.4, "yard", _L, 0, 1.0, "clean", offset=3.0),
    Habit("01075", 0.35, "yard", _L, 0, 1.0, "urban", offset=1.5),
    Habit("01046", 0.35, "yard", _L, 0, 1.0, "urban", offset=4.0),
    Habit("02015", 0.3, "corner", _S, 0, 0.0, "police", offset=7.2),
    Habit("01054", 0.3, "kerb", _S, 130, 0.9, "urban", "power", offset=4.1),
    Habit("02027", 0.3, "kerb", _S, 200, 0.8, "urban", offset=2.7),
    Habit("04005", 0.25, "kerb", _S, 60, 0.7, "green", offset=0.9),
    Habit("01060", 0.22, "kerb", _B, 500, 0.5, "light", offset=3.4),
    Habit("02043", 0.2, "carriageway", _L, 250, 0.6, "police", offset=0.8),
    Habit("01008", 0.2, "kerb", _B, 300, 0.6, "municipal", "telecom", offset=2.2),
    Habit("03008", 0.18, "yard", _L, 0, 1.0, "urban", offset=2.8),
    Habit("04003", 0.15, "yard", _L, 0, 1.0, "green", offset=4.6),
    Habit("01042", 0.12, "kerb", _S, 600, 0.9, "urban", "telecom", offset=2.0),
    Habit("03001", 0.1, "yard", _L, 0, 1.0, "clean", offset=3.6),
    Habit("02033", 0.1, "corner", _L, 0, 0.0, "police", offset=2.2),
    Habit("01073", 0.1, "bank", _L, 90, 0.9, "water_office", "drain", offset=2.0),
    Habit("02030", 0.08, "bank", _L, 200, 0.7, "water_office", offset=3.5),
    Habit("01045", 0.08, "yard", _L, 0, 1.0, "urban", offset=1.2),
    Habit("03004", 0.08, "yard", _L, 0, 1.0, "clean", offset=5.0),
    Habit("01023", 0.06, "carriageway", _L, 400, 0.9, "municipal", offset=2.9),
    Habit("02037", 0.03, "yard", _L, 0, 1.0, "culture", offset=1.4),
    Habit("04001", 0.03, "yard", _L, 0, 1.0, "green", offset=6.0),
    Habit("01065", 0.03, "bank", _L, 400, 0.9, "water_office", offset=4.5),
    Habit("04006", 0.02, "yard", _L, 0, 1.0, "culture", offset=6.5),
)
