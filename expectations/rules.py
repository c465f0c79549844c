"""What a rule is: one statement about one table, how it is checked, and why it must hold.

The rules themselves are in `columns` (derived from the declared tables) and `relations` (the
laws, across tables); `validate` checks them. Nothing here imports Great Expectations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from expectations.origins import OF_ONE_CAPTURE, ORIGINS
from transforms.tables import RELEASED

TABLE_NAMES = tuple(table.name for table in RELEASED)
_COLUMN = re.compile(r"\bt\.(\w+)")
_OF_ROWS = re.compile(
    r"expect_(column_(values|value_lengths|value_z_scores|pair_values)_"
    r"|compound_columns_|select_column_values_|multicolumn_(values|sum)_)"
)
_TABLE_NAME = re.compile(rf"\b({'|'.join(TABLE_NAMES)})\b")


@dataclass(frozen=True, slots=True)
class IsThere:
    """The table was handed over at all."""


@dataclass(frozen=True, slots=True)
class HasColumns:
    """The table has the declared columns, no others, in the declared order."""


@dataclass(frozen=True, slots=True)
class HasTypes:
    """Every column has the declared Arrow type."""


@dataclass(frozen=True, slots=True)
class RowCount:
    """The number of rows lies within two numbers, each an SQL query of one value or None."""

    minimum: str | None
    maximum: str | None = None


@dataclass(frozen=True, slots=True)
class NotNull:
    """The column has a value in every row."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column's values are among these; nulls pass."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The column's values lie within these bounds, both inclusive; nulls pass."""

    minimum: float | None
    maximum: float | None


@dataclass(frozen=True, slots=True)
class Matches:
    """The column's values match this regular expression; nulls pass."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Unique:
    """No two rows have the same values in these columns."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """An SQL condition is not false in any row, the row being `t`.

    As with CHECK in SQL an unknown condition passes: a null where none may be is the business
    of the rule that says so, and one fault should break one rule.
    """

    condition: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An expectation of Great Expectations by its type, with its arguments: a reader's own."""

    kind: str
    arguments: tuple[tuple[str, Any], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that its arguments name."""
        given = dict(self.arguments)
        named = [given.get(n) for n in ("column", "column_A", "column_B")]
        named += given.get("column_list") or []
        return tuple(dict.fromkeys(n for n in named if isinstance(n, str)))

    @property
    def is_of_rows(self) -> bool:
        """Whether it tells which rows break it; another is about the table as a whole."""
        return bool(_OF_ROWS.match(self.kind))


Check = (
    IsThere
    | HasColumns
    | HasTypes
    | RowCount
    | NotNull
    | OneOf
    | Between
    | Matches
    | Unique
    | Holds
    | Asked
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the table and column it is about, its name, its check and its reason.

    It protects a row by itself, an article as a whole, or the release: how rows of different
    captures fit together. What breaks one of the first two costs the captures behind it.
    """

    table: str
    name: str
    column: str | None
    check: Check
    reason: str
    severity: str = "critical"
    scope: str | None = None  # None: what follows from table and check

    @property
    def key(self) -> str:
        """What tells the rule from all others: table, column where there is one, and name."""
        return ".".join(part for part in (self.table, self.column, self.name) if part)

    @property
    def is_structural(self) -> bool:
        """Whether it is about a table's declaration and not about its rows."""
        return isinstance(self.check, IsThere | HasColumns | HasTypes)

    @property
    def protects(self) -> str:
        """What a failure costs, one of PROTECTED."""
        if self.scope:
            return self.scope
        if self.table not in ORIGINS or self.is_structural or isinstance(self.check, RowCount):
            return "release"
        if isinstance(self.check, Asked):
            return "row" if self.check.is_of_rows else "release"
        if isinstance(self.check, NotNull | OneOf | Between | Matches):
            return "row"
        if self.table not in OF_ONE_CAPTURE:
            return "release"
        return "row" if self.column else "article"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its table that it looks at."""
        match self.check:
            case Holds(condition):
                names = dict.fromkeys(_COLUMN.findall(condition))
            case Unique(columns):
                names = dict.fromkeys(columns)
            case Asked():
                names = dict.fromkeys(self.check.columns)
            case _:
                names = {}
        return tuple(dict.fromkeys((*([self.column] if self.column else []), *names)))

    @property
    def reads(self) -> frozenset[str]:
        """The tables that must be sound for the rule to be checked."""
        match self.check:
            case Holds(condition):
                sql = condition
            case RowCount(minimum, maximum):
                sql = f"{minimum} {maximum}"
            case _:
                sql = ""
        return frozenset({self.table, *_TABLE_NAME.findall(sql)})


def law(
    table: str,
    name: str,
    condition: str,
    reason: str,
    *,
    severity: str = "critical",
    protects: str | None = None,
) -> Rule:
    """A rule that an SQL condition holds in every row `t` of a table."""
    return Rule(table, name, None, Holds(condition), reason, severity, protects)


def shape(table: str, column: str, pattern: str, reason: str) -> Rule:
    """A rule that every value of a column matches a regular expression."""
    return Rule(table, "is_well_formed", column, Matches(pattern), reason)


def says_something(table: str, column: str, reason: str) -> Rule:
    """A rule that no value of a text column is blank."""
    return Rule(table, "is_not_blank", column, Matches(r"\S"), reason)
