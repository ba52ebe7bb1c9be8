"""Find packages among what came back: folders, folders of folders, files of them, archives."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ...errors import WanggeError
from ...translation import translate
from .inside import package_inside, take_out
from .manifest import BASE, NAME, WORK


def find_packages(places: Iterable[Path], unpack_to: Path) -> list[Path]:
    """Return the folders of packages.

    Parameters
    ----------
    places : iterable of Path
        A package's folder or one of its files, its work file alone under whatever name, a
        folder with packages, such files or archives of them, or such an archive (.zip).
    unpack_to : Path
        Folder for what has to be unpacked; the caller removes it.

    Raises
    ------
    WanggeError
        When a place holds no package, or an archive is damaged.
    """
    found: list[Path] = []
    for place in places:
        here = list(_packages(place, unpack_to))
        if not here and place.is_file() and place.suffix.lower() != ".zip":
            raise _alone(place)
        if not here:
            raise WanggeError(
                translate(
                    "Wangge",
                    "There is no field package in {folder}: no {name} lies there. Choose the folder "
                    "that the team got, with all its files.",
                ).format(folder=place, name=NAME)
            )
        found += [folder for folder in here if folder not in found]
    return found


def _alone(file: Path) -> WanggeError:
    if file.suffix.lower() == ".gpkg":
        text = translate(
            "Wangge",
            "{file} came back without its {name}. Put it in place of {work} into the folder that the "
            "team got, as it was packed, and choose that folder.",
        ).format(file=file, name=NAME, work=WORK)
    else:
        text = translate(
            "Wangge",
            "{file} is no field package. An export does not tell what the team changed and deleted: "
            "ask for the folder that the team got, with all its files, or a .zip of it.",
        ).format(file=file)
    return WanggeError(text)


def _packages(place: Path, unpack_to: Path) -> Iterator[Path]:
    if place.suffix.lower() == ".zip" and place.is_file():
        yield from _folders(_unpacked(place, unpack_to), unpack_to)
    elif place.is_file():
        # Beside the file that went out may lie the one that came back, under another name.
        is_own = place.name in (NAME, WORK, BASE) and (place.parent / NAME).is_file()
        if is_own:
            yield place.parent
        elif package_inside(place):
            yield take_out(place, unpack_to)
        elif (place.parent / NAME).is_file():
            yield place.parent
    elif place.is_dir():
        yield from _folders(place, unpack_to)
        for archive in sorted(place.glob("*.zip")):
            yield from _folders(_unpacked(archive, unpack_to), unpack_to)


def _folders(folder: Path, unpack_to: Path) -> Iterator[Path]:
    if (folder / NAME).is_file():
        yield folder
        return
    for manifest in sorted(folder.glob(f"*/{NAME}")):
        if not manifest.parent.name.startswith("."):
            yield manifest.parent
    for file in sorted(folder.glob("*.gpkg")):
        if package_inside(file):
            yield take_out(file, unpack_to)


def _unpacked(archive: Path, unpack_to: Path) -> Path:
    target = Path(tempfile.mkdtemp(dir=unpack_to))
    try:
        with zipfile.ZipFile(archive) as opened:
            _require_room(opened, archive, target)
            for member in opened.infolist():
                name = PurePosixPath(_name(member).replace("\\", "/"))
                if member.is_dir() or name.is_absolute() or ".." in name.parts:
                    continue
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source, (target / name).open("wb") as sink:
                    shutil.copyfileobj(source, sink)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise WanggeError(
            translate(
                "Wangge", "The archive {path} cannot be unpacked: {reason}. Ask for it again."
            ).format(path=archive, reason=error),
            detail=repr(error),
        ) from error
    return target


def _name(member: zipfile.ZipInfo) -> str:
    # Windows writes Chinese names in its own encoding, without saying so.
    if member.flag_bits & 0x800:
        return member.filename
    raw = member.filename.encode("cp437", "replace")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return member.filename


def _require_room(opened: zipfile.ZipFile, archive: Path, target: Path) -> None:
    needed = sum(m.file_size for m in opened.infolist())
    if needed > shutil.disk_usage(target).free:
        raise WanggeError(
            translate(
                "Wangge", "There is no room to unpack {path}: it needs {size} MB. Make room first."
            ).format(path=archive, size=needed // 1_000_000)
        )
