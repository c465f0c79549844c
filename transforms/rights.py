"""What may be done with a release: the licences of its captures, and which of them are invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True)
class Rights:
    """Captures in all, those that are invented, and how many stand under which licence."""

    captures: int
    invented: int
    licences: tuple[tuple[str | None, int], ...]

    @property
    def licence(self) -> str | None:
        """The one licence that every capture stands under; None where there is no such one."""
        return self.licences[0][0] if len(self.licences) == 1 else None

    @property
    def warning(self) -> str:
        """What a reader must know before citing anything; empty where no capture is invented."""
        if not self.invented:
            return ""
        of_all = "All" if self.invented == self.captures else f"{self.invented:,} of"
        count = "1 capture is" if self.captures == 1 else f"{self.captures:,} captures are"
        return (
            f"{of_all} {count} invented (`captures.is_invented`): their pages were made up and "
            "nobody said what they quote. Never cite them as sources."
        )


def of_captures(captures: pa.Table) -> Rights:
    """The rights in a table of `Capture` rows.

    Columns that a release of an older version lacks count as empty.
    """
    names = captures.column_names
    invented = pc.sum(captures["is_invented"]).as_py() if "is_invented" in names else 0
    given = captures["licence"].to_pylist() if "licence" in names else [None] * len(captures)
    counts = sorted(Counter(given).items(), key=lambda item: (-item[1], item[0] or ""))
    return Rights(len(captures), invented or 0, tuple(counts))


def statement(rights: Rights) -> str:
    """The licences in a sentence.

    >>> statement(Rights(3, 0, (("CC0-1.0", 2), (None, 1))))
    'Licences of the captures: CC0-1.0 (2), not given (1).'
    """
    if not rights.licences:
        return "It holds no captures."
    if rights.licence:
        return f"Licence of every capture: {rights.licence}."
    if not any(licence for licence, _ in rights.licences):
        return (
            "No licence was given for any capture: ask who owns a page before passing on its text."
        )
    counted = ", ".join(f"{licence or NOT_GIVEN} ({count:,})" for licence, count in rights.licences)
    return f"Licences of the captures: {counted}."
