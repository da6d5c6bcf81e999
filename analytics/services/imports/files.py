"""Find the tables of a source in a folder or a zip, and open them without ever unpacking to disk."""

import lzma
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from analytics.errors import SourceAmbiguous, SourceNotFound, SourceUnreadable

MOST_BYTES = 8 * 1024**3  # unpacked, over all tables: far above any year of a marketplace
MOST_RATIO = 200  # unpacked to packed; tables of text come to 3 to 20
SMALL = 1024**2  # below this a ratio says nothing
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError)


@dataclass(frozen=True)
class File:
    """One table's file: its name within the source, and its size in bytes once unpacked."""

    name: str
    size: int
    archive: zipfile.ZipFile | None
    path: Path

    @property
    def base(self) -> str:
        return PurePosixPath(self.name).name

    @property
    def folder(self) -> str:
        return str(PurePosixPath(self.name).parent)

    def open(self) -> IO[bytes]:
        """Raises SourceUnreadable."""
        try:
            return self.archive.open(self.name) if self.archive else self.path.open("rb")
        except RuntimeError as fault:  # what zipfile raises for a password
            raise SourceUnreadable(
                _("%(file)s cannot be opened (%(fault)s). Make a zip without a password.")
                % {"file": self.name, "fault": fault}
            ) from fault
        except DAMAGE as fault:
            raise damaged(self.name, fault=fault) from fault


def damaged(name: str, *, fault: Exception) -> SourceUnreadable:
    if isinstance(fault, OSError) and fault.strerror:
        return SourceUnreadable(_("%(file)s cannot be read: %(fault)s.") % {"file": name, "fault": fault.strerror})
    return SourceUnreadable(
        _("%(file)s is damaged inside the zip (%(fault)s). Copy or download the zip again.")
        % {"file": name, "fault": fault}
    )


@contextmanager
def found(path: Path, *, tables: Mapping[str, str], within: str = "") -> Iterator[dict[str, File]]:
    """The files of a source by table; `tables` gives each table's file name.

    Raises SourceNotFound, SourceUnreadable, SourceAmbiguous.
    """
    with _listed(path) as files:
        chosen = _chosen(files, tables, within)
        _refuse_bombs(chosen.values())
        yield chosen


@contextmanager
def found_all(path: Path, *, endings: Sequence[str], within: str = "") -> Iterator[list[File]]:
    """All files whose names end so, by name; the path may be such a file itself.

    Raises SourceNotFound, SourceUnreadable, SourceAmbiguous.
    """
    if path.is_file() and path.suffix.lower() in endings:
        yield [File(path.name, path.stat().st_size, None, path)]
        return
    with _listed(path) as files:
        chosen = _all_chosen(files, endings, within)
        _refuse_bombs(chosen)
        yield chosen


@contextmanager
def _listed(path: Path) -> Iterator[list[File]]:
    if not path.exists():
        raise SourceNotFound(_("There is nothing at %(path)s. Give a folder or a zip file.") % {"path": path})
    if path.is_dir():
        yield list(_in_folder(path))
        return
    if not zipfile.is_zipfile(path):
        raise SourceUnreadable(
            _("%(path)s is neither a folder nor a zip file, or its end is missing. Give the folder with the tables, or "
              "copy the zip again.") % {"path": path}
        )  # fmt: skip
    with _archive(path) as archive:
        yield [File(each.filename, each.file_size, archive, path) for each in archive.infolist() if not each.is_dir()]


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise SourceUnreadable(
            _("%(path)s is a broken zip file (%(fault)s). Copy or download it again.") % {"path": path, "fault": fault}
        ) from fault
    with archive:
        yield archive


def _in_folder(folder: Path) -> Iterator[File]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():  # a pipe or a device would never end
            yield File(path.relative_to(folder).as_posix(), path.stat().st_size, None, path)


def _chosen(files: list[File], tables: Mapping[str, str], within: str) -> dict[str, File]:
    table_of, inside = {name: table for table, name in tables.items()}, within.strip("/")
    candidates: dict[str, list[File]] = {}
    for file in files:
        table = table_of.get(PurePosixPath(file.name).name.lower())
        if table and (not inside or _lies_in(file, inside)):
            candidates.setdefault(table, []).append(file)
    if not candidates:
        raise _nothing(files, inside, tables.values())
    if any(len(each) > 1 for each in candidates.values()):
        _ask_which(candidates)
    return {table: candidates[table][0] for table in tables if table in candidates}


def _all_chosen(files: list[File], endings: Sequence[str], within: str) -> list[File]:
    inside, candidates = within.strip("/"), {}
    for file in sorted(files, key=lambda file: (file.base, file.name)):
        if PurePosixPath(file.name).suffix.lower() in endings and (not inside or _lies_in(file, inside)):
            candidates.setdefault(file.base.lower(), []).append(file)
    if not candidates:
        raise _nothing(files, inside, [f"*{ending}" for ending in endings])
    if any(len(each) > 1 for each in candidates.values()):
        _ask_which(candidates)
    return [file for (file,) in candidates.values()]


def _nothing(files: list[File], inside: str, names: Iterable[str]) -> SourceNotFound:
    where = _(" within %(folder)s") % {"folder": inside} if inside else ""
    return SourceNotFound(
        _("None of the tables is there%(where)s. Looked for: %(names)s. Folders there: %(folders)s.")
        % {"where": where, "names": ", ".join(names), "folders": _folders(files)}
    )


def _folders(files: list[File]) -> str:
    return ", ".join(sorted({file.folder for file in files})[:20]) or _("none")


def _lies_in(file: File, inside: str) -> bool:
    """The folder may be named in full or by its last part."""
    return f"/{inside}/" in f"/{file.folder}/"


def _ask_which(candidates: dict[str, list[File]]) -> None:
    lines = [_("These tables are there more than once:")]
    folders: dict[str, int] = {}
    for each in candidates.values():
        for file in each:
            folders[file.folder] = folders.get(file.folder, 0) + 1
        if len(each) > 1:
            lines += [f"  {file.name} ({file.size:,} bytes)" for file in each]
    lines.append(_("Say which folder is meant:"))
    lines += [
        _("  --within %(folder)s   (%(number)s of the tables)") % {"folder": folder, "number": number}
        for folder, number in sorted(folders.items())
    ]
    raise SourceAmbiguous("\n".join(lines), folders=sorted(folders))


def _refuse_bombs(chosen: Collection[File]) -> None:
    packing = [file for file in chosen if file.archive]
    for file in packing:
        packed = file.archive.getinfo(file.name).compress_size
        if file.size > SMALL and file.size > MOST_RATIO * max(packed, 1):
            raise SourceUnreadable(
                _("%(file)s would unpack to %(ratio)s times its size, which no table does: this may be a zip bomb. If "
                  "you trust it, unpack it yourself and give the folder.")
                % {"file": file.name, "ratio": f"{file.size // max(packed, 1):,}"}
            )  # fmt: skip
    if (total := sum(file.size for file in packing)) > MOST_BYTES:
        raise SourceUnreadable(
            _("The tables would unpack to %(size)s GiB, more than the %(most)s GiB that are taken. If you trust them, "
              "unpack the zip yourself and give the folder.")
            % {"size": f"{total / 1024**3:.1f}", "most": MOST_BYTES // 1024**3}
        )  # fmt: skip
