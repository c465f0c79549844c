"""Licences of captures, and which captures are invented."""

from __future__ import annotations

import pyarrow as pa

from transforms import rights
from transforms.rights import Rights


def test_licences_are_counted_the_most_used_first() -> None:
    captures = pa.table(
        {"licence": ["CC0-1.0", None, "CC0-1.0"], "is_invented": [True, False, True]}
    )
    assert rights.of_captures(captures) == Rights(3, 2, (("CC0-1.0", 2), (None, 1)))


def test_an_older_release_has_neither_column() -> None:
    assert rights.of_captures(pa.table({"capture_id": ["c_1"]})) == Rights(1, 0, ((None, 1),))


def test_a_licence_is_claimed_only_where_every_capture_has_it() -> None:
    assert Rights(2, 0, (("CC0-1.0", 2),)).licence == "CC0-1.0"
    assert Rights(2, 0, (("CC0-1.0", 1), (None, 1))).licence is None
    assert "No licence was given" in rights.statement(Rights(2, 0, ((None, 2),)))
