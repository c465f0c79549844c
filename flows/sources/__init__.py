"""Sources: whatever captures come in, as a stream of captures with what is known of them.

One module a kind of container; `kinds` says which reads what. Nothing that is wrong with one file
stops the others: it is handed on with its reason.
"""

from flows.sources.items import Context, Item, Known, Limits, Notes, SourceError
from flows.sources.lists import count_links
from flows.sources.named import ON_THE_WEB, Named, read_named
from flows.sources.places import gather, gather_named, read, root_of
from flows.sources.reference import read_authority
from flows.sources.web import Memory, Met

__all__ = [
    "DEFAULT_FILE",
    "ON_THE_WEB",
    "Context",
    "Item",
    "Known",
    "Limits",
    "Memory",
    "Met",
    "Named",
    "Notes",
    "SourceError",
    "count_links",
    "gather",
    "gather_named",
    "read",
    "read_authority",
    "read_named",
    "root_of",
]  # fmt: skip
