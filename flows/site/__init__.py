"""The site of a release: one folder of pages that opens from disk and from any web server."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from flows import store
from flows.site import articles, checks, events, front, listings, names, pages, search
from flows.site.release import Release, chunks

MARKER = "site.json"
CHUNK = 200
# Below this a pool of processes costs more than it saves.
MIN_PAGES_FOR_POOL = 3000
FULL, FACTS = "full", "facts"

Page = tuple[str, str]
Writer = Callable[..., Iterator[Page]]
WRITERS: dict[str, Writer] = {
    "event": events.write,
    "article": articles.write,
    "capture": articles.write_rejected,
    "entity": names.write,
}
KEYS = {
    "event": ("events", "event_id"),
    "article": ("articles", "article_id"),
    "capture": ("rejections", "capture_id"),
    "entity": ("entities", "entity_id"),
}


def write(
    folder: Path,
    place: Path,
    *,
    before: Path | None = None,
    edition: str = FULL,
    workers: int = 1,
) -> Path:
    """Writes the site of the release in `folder` to `place` and returns its front page.

    A site that is there already is replaced as a whole; one of this very release, edition and
    code is left as it is. The same release gives the same bytes.
    """
    marker = _marker(folder, before, edition)
    if _is_current(place, marker):
        return place / "index.html"
    draft = store.unfinished(place.parent)
    try:
        _fill(draft, folder, before, is_facts=edition == FACTS, workers=workers)
        (draft / MARKER).write_text(marker, encoding="utf-8")
        store.replace_folder(draft, place)
    finally:
        store.remove(draft)
    return place / "index.html"


def _marker(folder: Path, before: Path | None, edition: str) -> str:
    with Release(folder) as release:
        facts = {
            "release": release.version,
            "manifest_sha256": release.digest(),
            "before": before.name if before else None,
            "edition": edition,
            "code_sha256": _code_digest(),
        }
    return json.dumps(facts, indent=2) + "\n"


@cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    with as_file(files("flows.site")) as root:
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix in (".py", ".html", ".css", ".js", ".toml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_current(place: Path, marker: str) -> bool:
    try:
        return (place / MARKER).read_text(encoding="utf-8") == marker
    except OSError:
        return False


def _fill(draft: Path, folder: Path, before: Path | None, *, is_facts: bool, workers: int) -> None:
    for name in ("event", "article", "capture", "entity", "data"):
        (draft / name).mkdir(parents=True)
    _copy_assets(draft / "assets")
    has_sql = _copy_release(folder, draft, is_facts=is_facts)
    with Release(folder) as release:
        jobs = [
            (kind, part)
            for kind, (table, key) in KEYS.items()
            for part in chunks(release.ids(table, key), CHUNK)
        ]
        if workers > 1 and len(jobs) * CHUNK > MIN_PAGES_FOR_POOL:
            _in_parallel(jobs, folder, draft, is_facts=is_facts, workers=workers)
        else:
            for kind, ids in jobs:
                _save(draft, WRITERS[kind](release, ids, is_facts=is_facts))
        _save(draft, events.write_moved(release))
        _save(draft, listings.write(release))
        _save(draft, checks.write(release))
        _save(draft, search.write(release, is_facts=is_facts))
        earlier = Release(before) if before else None
        _save(draft, front.write(release, earlier))
        _save(draft, _sql_page(release, has_wasm=has_sql))


def _in_parallel(
    jobs: Iterable[tuple[str, Sequence[str]]],
    folder: Path,
    draft: Path,
    *,
    is_facts: bool,
    workers: int,
) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context) as pool:
        done = [pool.submit(_job, kind, ids, folder, draft, is_facts) for kind, ids in jobs]
        for future in done:
            future.result()


@cache
def _opened(folder: Path) -> Release:
    # Once a worker: what it prepares of a release serves all its jobs.
    return Release(folder)


def _job(kind: str, ids: Sequence[str], folder: Path, draft: Path, is_facts: bool) -> None:
    _save(draft, WRITERS[kind](_opened(folder), ids, is_facts=is_facts))


def _save(draft: Path, made: Iterable[Page]) -> None:
    for name, text in made:
        (draft / name).write_text(text, encoding="utf-8", newline="\n")


def _copy_assets(place: Path) -> None:
    with as_file(files("flows.site").joinpath("assets")) as assets:
        shutil.copytree(assets, place)


def _copy_release(folder: Path, draft: Path, *, is_facts: bool) -> bool:
    """Whether a browser may ask the tables: they are copied where DuckDB-WASM was vendored.

    Not for the edition of facts: they hold all texts.
    """
    is_asked = (draft / "assets/vendor/sql.js").is_file() and not is_facts
    if is_asked:
        shutil.copytree(
            folder, draft / "release", ignore=lambda _, found: set(found) - _tables(found)
        )
    return is_asked


def _tables(found: Iterable[str]) -> set[str]:
    return {name for name in found if name.endswith(".parquet")}


def _sql_page(release: Release, *, has_wasm: bool) -> Iterator[Page]:
    yield (
        "sql.html",
        pages.render(
            "sql.html",
            depth=0,
            has_wasm=has_wasm,
            tables=sorted(release.tables),
            version=release.version,
        ),
    )
