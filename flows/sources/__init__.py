"""Sources: whatever captures come in, as a stream of captures with what is known of them.

One module a kind of container; `kinds` says which reads what. Nothing that is wrong with one file
stops the others: it is handed on with its reason.
"""

from flows.sources.items import Context, Item, Known, Limits, Notes, SourceError
from flows.sources.places import gather, read, root_of
from flows.sources.reference import read_authority

__all__ = [
    "Context",
    "Item",
    "Known",
    "Limits",
    "Notes",
    "SourceError",
    "gather",
    "read",
    "read_authority",
    "root_of",
]
