"""The settings of a run: built once at the edge, frozen, passed down."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import ReaderError

if TYPE_CHECKING:
    from flows.sources import Named

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SAMPLE_ARCHIVE = SEEDS / "captures"

MEGABYTE = 1_000_000
# Read where no source is named on the command line.
SOURCES_FILE = "sources.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run reads, where it writes and how much it may take."""

    sources: tuple[Path, ...] = (SAMPLE_ARCHIVE,)
    # Sources of sources.toml.
    named: tuple[Named, ...] = ()
    warehouse: Path = Path("warehouse")
    # Folders of reference tables; a table of a later folder replaces the one of that name.
    authority: tuple[Path, ...] = (SEEDS,)
    workers: int = 1
    # None: so that a task lasts over a second and a flow has below a hundred (STACK: ~35 ms a
    # task on the server's side, and its backlog slows the next flow).
    shard_size: int | None = None
    # A news page is below 1 MB; what is larger is an archive or a video under a wrong name.
    max_capture_bytes: int = 10 * MEGABYTE
    # CPU seconds and memory beside what the worker holds already, for one capture in one of the
    # two stages of the flow: a page takes 20 ms and a few MB, one of 10 MB a minute and 1,000 MB.
    max_capture_seconds: float = 120.0
    max_capture_memory_bytes: int = 2_000 * MEGABYTE
    # Seconds to wait for another run on this warehouse; None: as long as it takes.
    lock_timeout: float | None = None
    # Whether a run writes the pages of its release.
    has_site: bool = True
    # Whether captures that the sources hold no more are dropped; else they stay.
    is_mirror: bool = False
    # Folders of the reader's own expectations, checked beside ours.
    expectations: tuple[Path, ...] = ()
    # Whether a broken rule stops the run; else the captures behind it are left out.
    is_strict: bool = False
    # Share of the captures that may be left out so; more is a fault of ours, not of theirs.
    max_quarantine: float = 0.02
    # Whether a release may lose over a fifth of what the last one holds.
    allows_shrink: bool = False

    @property
    def build(self) -> Path:
        """Folder of the tables as built, before they are released."""
        return self.warehouse / "build"

    @property
    def releases(self) -> Path:
        """Folder with one folder a release, and `latest`."""
        return self.warehouse / "releases"

    @property
    def captures(self) -> Path:
        """Folder of the store of raw captures."""
        return self.warehouse / "captures"

    @property
    def truth(self) -> Path | None:
        """Folder of the truth that is at hand: that of the sample archive, and of nothing else."""
        return SEEDS / "truth" if self.sources == (SAMPLE_ARCHIVE,) else None

    @property
    def site(self) -> Path:
        """Folder of pages over the newest release."""
        return self.warehouse / "site"

    @property
    def results(self) -> Path:
        """Folder of what stages made of single captures, kept from run to run."""
        return self.warehouse / "results"

    @property
    def catalog(self) -> Path:
        """The DuckDB file over the newest release."""
        return self.warehouse / "communique.duckdb"


def from_options(
    *,
    sources: tuple[str, ...] = (),
    warehouse: str = "warehouse",
    authority: tuple[str, ...] = (),
    workers: int | None = None,
    shard_size: int | None = None,
    max_capture_mb: float | None = None,
    max_capture_seconds: float | None = None,
    max_capture_memory_mb: float | None = None,
    lock_timeout: float | None = None,
    site: bool = True,
    mirror: bool = False,
    sources_file: str | None = None,
    only: tuple[str, ...] | None = None,
    expectations: tuple[str, ...] = (),
    strict: bool = False,
    max_quarantine: float | None = None,
    allow_shrink: bool = False,
) -> Settings:
    """The settings from what a command line or a deployment gives; absent means the default."""
    default = Settings()
    return Settings(
        sources=tuple(_path(s) for s in sources) or default.sources,
        named=_named(sources, sources_file, only),
        warehouse=Path(warehouse),
        authority=(SEEDS, *(Path(a) for a in authority)),
        workers=workers or available_cores(),
        shard_size=shard_size,
        max_capture_bytes=(
            default.max_capture_bytes if max_capture_mb is None else int(max_capture_mb * MEGABYTE)
        ),
        max_capture_seconds=max_capture_seconds or default.max_capture_seconds,
        max_capture_memory_bytes=(
            default.max_capture_memory_bytes
            if max_capture_memory_mb is None
            else int(max_capture_memory_mb * MEGABYTE)
        ),
        lock_timeout=lock_timeout,
        has_site=site,
        is_mirror=mirror,
        expectations=tuple(Path(e) for e in expectations),
        is_strict=strict,
        max_quarantine=default.max_quarantine if max_quarantine is None else max_quarantine,
        allows_shrink=allow_shrink,
    )


def _path(source: str) -> Path:
    if "://" in source:
        raise ReaderError(f"source {source} is an address: name it in {SOURCES_FILE}")
    return Path(source)


def _named(
    sources: tuple[str, ...], sources_file: str | None, only: tuple[str, ...] | None
) -> tuple[Named, ...]:
    """The sources of the file that is given, else of the one here where nothing is.

    None of them for a command that reads no sources, which gives no `only`.
    """
    if only is None:
        return ()
    here = Path(SOURCES_FILE)
    if sources_file is None and not only and (sources or not here.is_file()):
        return ()
    # Only here: a question to a release needs no client of the web.
    from flows.sources import read_named

    if sources_file is not None:
        return read_named(Path(sources_file), only)
    return read_named(here, only)


def available_cores() -> int:
    """Cores this process may use, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
