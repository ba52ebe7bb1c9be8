"""Pushes made without a connection: kept as signed packages and delivered later, exactly once.

A package is a zip file: a manifest, the rows in columns, and a signature. The signature is
an HMAC-SHA256 over the manifest, which holds the SHA-256 of every other member; its key lies
in the user's profile and never travels. So a package that was damaged, altered, or made by
another person is noticed before a row of it is sent. The package's number goes to the
platform with the batch, which takes each number once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import uuid
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..rules.encoded import pick_fields
from ..standards.spec import LayerSpec
from ..translation import translate
from .archive import read_batch, write_batch
from .push import push
from .result import PushResult

SUFFIX = ".wanggepush"
_FORMAT = 1
_MANIFEST = "manifest.json"
_SIGNATURE = "signature"


@dataclass(frozen=True)
class OutboxPackage:
    """One package that waits.

    Attributes
    ----------
    path : Path
    package : str
        Its number (UUID).
    kind, user, source, created : str
    rows : int
    delete_missing : bool
    base_snapshot : int or None
    """

    path: Path
    package: str
    kind: str
    user: str
    source: str
    created: str
    rows: int
    delete_missing: bool
    base_snapshot: int | None


def read_key(path: Path) -> bytes:
    """Return the signing key kept in ``path``, making one that only the user can read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) < 32:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The signing key {path} is damaged. Delete it; packages signed with it must be "
                    "made anew.",
                ).format(path=path)
            ) from None
        return key
    with os.fdopen(descriptor, "wb") as stream:
        key = secrets.token_bytes(32)
        stream.write(key)
    return key


def save_package(
    folder: Path,
    kind: str,
    batches: Iterable[Batch],
    *,
    key: bytes,
    names: Collection[str] = (),
    delete_missing: bool = False,
    base_snapshot: int | None = None,
    user: str = "",
    source: str = "",
    progress: Progress = SILENT,
) -> OutboxPackage:
    """Keep checked rows as a package in ``folder`` until there is a connection.

    Parameters
    ----------
    folder : Path
        Made when missing.
    kind : str
    batches : iterable of Batch
    key : bytes
        From `read_key`.
    names : collection of str
        Columns to keep; all when empty.
    delete_missing, base_snapshot, user, source
        As for `push.push`.
    progress : Progress

    Returns
    -------
    OutboxPackage
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = str(uuid.uuid4())
    created = datetime.now(UTC)
    path = folder / f"{created:%Y%m%d-%H%M%S}-{kind}-{number[:8]}{SUFFIX}"
    unfinished = path.with_suffix(".part")
    rows, parts = 0, 0
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for batch in batches:
                stop_if_cancelled(progress)
                if names:
                    kept = [name for name in batch.fields if name in names]
                    batch = replace(batch, fields=pick_fields(batch.fields, kept))
                write_batch(archive, f"batch/{parts:06d}", batch)
                rows += len(batch)
                parts += 1
            manifest = json.dumps(
                {
                    "format": _FORMAT,
                    "package": number,
                    "kind": kind,
                    "user": user,
                    "source": source,
                    "created": created.isoformat(timespec="seconds"),
                    "rows": rows,
                    "batches": parts,
                    "delete_missing": delete_missing,
                    "base_snapshot": base_snapshot,
                    "sha256": {n: _digest(archive, n) for n in archive.namelist()},
                },
                ensure_ascii=False,
                sort_keys=True,
            ).encode("utf-8")
            archive.writestr(_MANIFEST, manifest)
            archive.writestr(_SIGNATURE, hmac.new(key, manifest, hashlib.sha256).hexdigest())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return OutboxPackage(
        path,
        number,
        kind,
        user,
        source,
        created.isoformat(timespec="seconds"),
        rows,
        delete_missing,
        base_snapshot,
    )


def waiting(folder: Path) -> list[Path]:
    """Return the files of the packages that wait in ``folder``, the oldest first."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def list_outbox(folder: Path, *, key: bytes) -> list[OutboxPackage]:
    """List the packages that wait in ``folder``, the oldest first; damaged ones raise."""
    return [_package(path, key)[0] for path in waiting(folder)]


def kind_of_package(path: Path, *, key: bytes) -> str:
    """Return the layer whose rows a package holds; WanggeError when it is not to be trusted."""
    return _package(path, key)[0].kind


def deliver(
    connection,
    path: Path,
    spec: LayerSpec,
    *,
    key: bytes,
    wait: float = 60.0,
    prepare: Callable[[Batch], Batch] = lambda batch: batch,
    progress: Progress = SILENT,
    schema: str = "wangge",
) -> PushResult:
    """Push a package and remove its file; a package that arrived before is not pushed again.

    Parameters
    ----------
    connection : psycopg2 connection
    path : Path
    spec : LayerSpec
    key : bytes
    wait : float
    prepare : callable
        Brings a batch into the platform's coordinate system.
    progress : Progress
    schema : str

    Raises
    ------
    WanggeError
        The package is damaged, altered or another person's, or holds fields that ``spec``
        lacks. The file stays.
    PushRefusedError
        As `push.push`; the file stays.
    """
    package, manifest = _package(path, key)

    def batches() -> Iterator[Batch]:
        with zipfile.ZipFile(path) as archive:
            for number in range(manifest["batches"]):
                batch = read_batch(archive, f"batch/{number:06d}")
                _require_known(path, batch, spec)
                yield prepare(batch)

    result = push(
        connection,
        package.kind,
        batches(),
        spec,
        delete_missing=package.delete_missing,
        base_snapshot=package.base_snapshot,
        user=package.user,
        source=package.source,
        package=package.package,
        total=package.rows,
        wait=wait,
        progress=progress,
        schema=schema,
    )
    # Only now: were the file removed first and the line then cut, the rows would be lost.
    path.unlink(missing_ok=True)
    return result


def _require_known(path: Path, batch: Batch, spec: LayerSpec) -> None:
    # Kept under a profile with more fields: without them the rows would arrive incomplete.
    unknown = set(batch.fields) - set(spec.names)
    if unknown:
        raise WanggeError(
            translate(
                "Wangge",
                "Package {name} holds the field {field} of a city profile; deliver it with that "
                "profile.",
            ).format(name=path.name, field=min(unknown))
        )


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _package(path: Path, key: bytes) -> tuple[OutboxPackage, dict[str, Any]]:
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read(_MANIFEST)
            signature = archive.read(_SIGNATURE).decode("ascii", "replace")
            if not hmac.compare_digest(
                signature, hmac.new(key, content, hashlib.sha256).hexdigest()
            ):
                raise WanggeError(
                    translate(
                        "Wangge",
                        "Package {name} was altered or was made by another user; it is not pushed. "
                        "Push the layer itself.",
                    ).format(name=path.name)
                )
            manifest = json.loads(content)
            members = set(archive.namelist()) - {_MANIFEST, _SIGNATURE}
            whole = members == set(manifest["sha256"]) and all(
                _digest(archive, name) == digest for name, digest in manifest["sha256"].items()
            )
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise _damaged(path, error) from None
    if not whole or manifest["format"] != _FORMAT:
        raise _damaged(path, None)
    return (
        OutboxPackage(
            path,
            manifest["package"],
            manifest["kind"],
            manifest["user"],
            manifest["source"],
            manifest["created"],
            manifest["rows"],
            manifest["delete_missing"],
            manifest["base_snapshot"],
        ),
        manifest,
    )


def _damaged(path: Path, error: Exception | None) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge", "Package {name} is damaged; it is not pushed. Push the layer itself."
        ).format(name=path.name),
        str(error or ""),
    )
