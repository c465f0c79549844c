"""The suites: all rules of every table, in the order in which they are checked and shown."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.columns import rules_of
from expectations.relations import LAWS, ROW_COUNTS
from expectations.rules import Rule
from transforms.tables import RELEASED

# The results cannot be judged by the run that makes them; their declaration still holds for
# them, since they are built from it.
_UNJUDGED = frozenset({"validation_results"})


def _rules() -> Iterator[Rule]:
    for table in RELEASED:
        if table.name not in _UNJUDGED:
            yield from (rule for rule in ROW_COUNTS if rule.table == table.name)
            yield from rules_of(table)
            yield from (rule for rule in LAWS if rule.table == table.name)


RULES: tuple[Rule, ...] = tuple(_rules())
BY_KEY = {rule.key: rule for rule in RULES}
