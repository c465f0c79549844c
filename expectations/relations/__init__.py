"""The laws of the design as rules across tables, each with its reason.

One module a subject. Every rule has a counterexample in `tests/expectations`.
"""

from __future__ import annotations

from expectations.relations import articles, captures, counts, dates, events, names

LAWS = (*captures.LAWS, *articles.LAWS, *dates.LAWS, *names.LAWS, *events.LAWS)
ROW_COUNTS = counts.ROW_COUNTS
