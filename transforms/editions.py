"""Editions of a release: in full, or the facts alone without the captured text.

The facts keep every id, span, hash, name and date, so that a holder of the captures can check
them and fill the text in again; what stays of the text is quotations up to a length.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

FULL, FACTS = "full", "facts"
EDITIONS = (FULL, FACTS)
# About two printed lines: what may be quoted nearly everywhere.
QUOTATION_CHARACTERS = 280

# Columns whose text goes altogether, and those of which short values stay.
TEXTS: Mapping[str, tuple[str, ...]] = {"articles": ("text",), "blocks": ("text",)}
QUOTED: Mapping[str, tuple[str, ...]] = {
    "quotations": ("text",),
    "date_candidates": ("verbatim",),
}


def facts(name: str, data: pa.Table, quotation_characters: int = QUOTATION_CHARACTERS) -> pa.Table:
    """The table without captured text: null where text was, or where a quotation is longer."""
    for column in TEXTS.get(name, ()):
        data = _replaced(data, column, pa.nulls(len(data), pa.string()))
    for column in QUOTED.get(name, ()):
        values = data[column]
        is_short = pc.less_equal(pc.utf8_length(values), quotation_characters)
        data = _replaced(data, column, pc.if_else(is_short, values, pa.scalar(None, pa.string())))
    return data


def _replaced(data: pa.Table, column: str, values: pa.Array) -> pa.Table:
    field = data.schema.field(column).with_nullable(True)
    return data.set_column(data.schema.get_field_index(column), field, values)
