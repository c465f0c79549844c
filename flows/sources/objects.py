"""Object stores (s3, gs, az, ...) through fsspec: objects read as files of a folder are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, cast

import fsspec

from flows.sources import archives, reference
from flows.sources.items import Context, Item, Known, SourceError, words
from flows.sources.named import Named


def items(named: Named, context: Context) -> Iterator[Item]:
    """Every object below the place that may hold captures, in the order of their keys.

    How to sign in is the store's own affair: its environment variables and files, or `storage` in
    sources.toml. SourceError where the store cannot be reached.
    """
    try:
        store, root = fsspec.core.url_to_fs(named.place, **dict(named.storage))
        infos: dict[str, Mapping[str, Any]] = store.find(root, detail=True)
    except ImportError as error:
        raise SourceError(
            f"source {named.name}: {error}; for s3:// install communique[s3]"
        ) from error
    except Exception as error:  # each store raises what its own client does
        raise SourceError(
            f"source {named.name}: {named.place} cannot be read: {words(error)}"
        ) from error
    names = {_below(root, key): key for key in sorted(infos)}
    listings = {
        archives.folder_of(name): reference.listing_in(f"{named.place}: {name}", store.cat(key))
        for name, key in names.items()
        if name.rpartition("/")[2] == reference.LISTING
    }
    saved = archives.saved_folders(list(names))
    for name, key in names.items():
        if archives.is_passed_over(name, saved, context):
            continue
        known = archives.known_of(name, listings) or Known()
        folder = archives.folder_of(name).rpartition("/")[2]
        if folder in ("", "."):
            folder = root.rstrip("/").rpartition("/")[2]
        item = Item(name, folder, _opener(store, key), known.over(named.known))
        yield replace(item, size=infos[key].get("size"), columns=named.columns)


def _below(root: str, key: str) -> str:
    """The key without the place; of a place that is one object its own name."""
    below = key.removeprefix(root).lstrip("/")
    return below or key.rpartition("/")[2]


def _opener(store: Any, key: str) -> Callable[[], BinaryIO]:
    # Read ahead a little: most objects are pages of some kilobytes.
    return lambda: cast(BinaryIO, store.open(key, "rb", block_size=1 << 20))
