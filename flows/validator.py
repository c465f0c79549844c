"""Validation in a process of its own, started when a run starts.

Importing Great Expectations takes six CPU seconds: the process spends them while the stages
before it work, then waits for the path of the build.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from flows import store
from flows.errors import ReaderError
from flows.settings import Settings
from flows.signals import sparing_children
from transforms import quarantine
from transforms.quarantine import Culprit

PAGE = "validation.html"
RESULTS = "validation_results"
# The file context of Great Expectations, in a build.
CONTEXT = "great_expectations"
EXPECTATIONS = (".json", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that does not hold."""

    table_name: str
    rule: str
    column_name: str | None
    failure_count: int
    failure_keys: tuple[str, ...]
    severity: str
    protects: str
    observed_value: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rules were checked, those that do not hold, and what to tell a reader of them.

    `culprits` are the captures behind the rows that break rules, but for those in quarantine.
    """

    rule_count: int
    broken: tuple[Broken, ...]
    message: str
    is_structure_sound: bool = True
    capture_count: int = 0
    quarantined_count: int = 0
    culprits: tuple[Culprit, ...] = ()

    @property
    def critical(self) -> tuple[Broken, ...]:
        """The broken rules that stop a release."""
        return tuple(b for b in self.broken if b.severity == "critical")

    def facts(self) -> dict[str, Any]:
        """The verdict as plain values, for a program."""
        return {
            "rules": self.rule_count,
            "broken": [asdict(b) for b in self.broken],
            "culprits": [asdict(c) for c in self.culprits],
        }

    def raise_where_broken(self, settings: Settings) -> None:
        """Raises ValidationError with table, rule and keys where a critical rule is broken."""
        if self.critical:
            raise ValidationError(self, self.message, settings)

    def raise_where_too_many(self, settings: Settings) -> None:
        """Raises ValidationError where more captures would be in quarantine than are allowed."""
        count = self.quarantined_count + len(self.culprits)
        limit = quarantine.allowed(self.capture_count, settings.max_quarantine)
        if count > limit:
            rules = Counter(f"{c.table_name}: {c.rule}" for c in self.culprits)
            told = "; ".join(f"{rule} ({number})" for rule, number in rules.most_common())
            message = (
                f"{count} of {self.capture_count} captures break a rule, and --max-quarantine "
                f"{settings.max_quarantine:g} leaves out {limit} at most: mend the rule, or allow "
                f"more. By rule: {told}\n{self.message}"
            )
            raise ValidationError(self, message, settings)


class ValidationError(ReaderError):
    """Tables that break a rule: says which, and where the rows are."""

    def __init__(self, verdict: Verdict, message: str, settings: Settings) -> None:
        self.verdict = verdict
        if settings.is_strict and verdict.culprits:
            message += f"\nWithout --strict the {len(verdict.culprits)} captures behind the rows "
            message += "would be left out, and the others released."
        build = settings.build
        super().__init__(
            f"nothing was released: {message}\n"
            f"The failing rows are in {build / store.FAILURES}, every rule in {build / PAGE}."
        )

    def facts(self) -> dict[str, Any]:
        """The verdict, and that nothing was released."""
        return {"release": None, **self.verdict.facts()}

    def captures(self) -> tuple[str, ...]:
        """The ids of the captures whose rows break a rule."""
        return tuple(c.capture_id for c in self.verdict.culprits)


class ValidatorError(ReaderError):
    """The validation could not be carried out."""


class ExpectationsError(ReaderError):
    """Expectations of the reader that cannot be checked; says which and why."""


def read_expectations(folders: Sequence[Path]) -> dict[str, str]:
    """The reader's own expectations: the text of every file of these folders, by its place."""
    found = {}
    for folder in folders:
        if not folder.is_dir():
            raise ExpectationsError(f"{folder} is no folder of expectations")
        paths = [p for p in sorted(folder.iterdir()) if p.suffix in EXPECTATIONS]
        if not paths:
            raise ExpectationsError(f"{folder} holds no file of {', '.join(EXPECTATIONS)}")
        found.update({str(path): path.read_text(encoding="utf-8") for path in paths})
    return found


class Validator:
    """A process that has the rules loaded, or is loading them, and checks builds."""

    def __enter__(self) -> Self:
        self._errors = tempfile.TemporaryFile()
        with sparing_children():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.validator"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # A run that failed early need not wait for six seconds of imports.
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def check(self, build: Path, asked: Mapping[str, str] | None = None) -> Verdict:
        """The verdict on the tables of this folder; results and failing rows are written there.

        `asked` are the reader's own expectations, files by name. Raises ExpectationsError where
        they cannot be read.
        """
        try:
            answer = self._ask({"build": str(build), "asked": asked or {}})
        except BrokenPipeError:
            answer = ""
        if not answer:
            self._process.wait()
            self._errors.seek(0)
            words = self._errors.read().decode(errors="replace").strip()
            raise ValidatorError(f"the validation broke off:\n{words}")
        told = json.loads(answer)
        if "error" in told:
            raise ExpectationsError(told["error"])
        return verdict_of(told)

    def _ask(self, question: Mapping[str, Any]) -> str:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{json.dumps(question)}\n")
        stdin.flush()
        return stdout.readline()


def main() -> None:
    """Loads the rules, then answers each line that names a build with a verdict."""
    # What a library prints must not get between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    import expectations.page
    import expectations.validate  # noqa: F401  (loaded before the first question comes)
    from expectations.asked import AskedError

    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = validate(Path(question["build"]), question["asked"])
        except AskedError as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), file=answers, flush=True)


def validate(build: Path, asked: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Checks the tables of a build, writes results, page and failing rows, returns the verdict.

    Raises AskedError where the reader's own expectations cannot be read.
    """
    from expectations.asked import rules_of
    from expectations.culprits import culprits
    from expectations.message import failure_message
    from expectations.page import render
    from expectations.suites import RULES
    from expectations.validate import check_asked
    from expectations.validate import validate as check
    from transforms.schema import conform, table_of
    from transforms.tables import RELEASED, ValidationResult

    tables = store.read_tables(build, [t for t in RELEASED if t.name != RESULTS])
    own = rules_of(asked or {})
    check_asked(own)
    rules = (*RULES, *own)
    by_key = {rule.key: rule for rule in rules}
    checked = check(tables, rules)
    results = conform(ValidationResult, checked.results)
    store.write_table(build, table_of(ValidationResult), results)
    in_quarantine = (
        quarantine.quarantined(tables["captures"], tables["rejections"])
        if checked.is_structure_sound
        else ()
    )
    page = render(results, "Communique: what was checked", in_quarantine, by_key)
    store.write_bytes(build / PAGE, page.encode())
    _write_failures(build, checked.failures)
    _write_context(build, checked.suites)
    rows = results.to_pylist()
    names = Broken.__dataclass_fields__
    broken = tuple(Broken(**{n: r[n] for n in names}) for r in rows if not r["is_success"])
    verdict = Verdict(
        len(rows), broken, failure_message(results, by_key), checked.is_structure_sound
    )
    if checked.is_structure_sound:
        verdict = replace(
            verdict,
            capture_count=tables["captures"].num_rows,
            quarantined_count=len(in_quarantine),
            culprits=culprits(tables, checked.failures, rules),
        )
    return asdict(verdict)


def _write_failures(build: Path, failures: Mapping[str, Any]) -> None:
    import pyarrow.parquet as pq

    folder = build / store.FAILURES
    store.remove(folder)
    for name, rows in failures.items():
        folder.mkdir(exist_ok=True)
        pq.write_table(rows, folder / f"{re.sub(r'[^A-Za-z0-9_.-]+', '_', name)}.parquet")


def _write_context(build: Path, suites: Sequence[Any]) -> None:
    """Writes the suites for users of Great Expectations, with the facts they look at."""
    import pyarrow.parquet as pq

    from expectations.opened import FACTS, files_of

    place = build.absolute() / CONTEXT
    store.remove(place)
    for name, text in files_of(suites, build.absolute(), place).items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for suite in suites:
        if suite.facts is not None:
            (place / FACTS).mkdir(exist_ok=True)
            pq.write_table(suite.facts, place / FACTS / f"{suite.table}.parquet")


def verdict_of(answer: Mapping[str, Any]) -> Verdict:
    """The verdict of its plain values."""
    broken = [Broken(**{**b, "failure_keys": tuple(b["failure_keys"])}) for b in answer["broken"]]
    culprits = tuple(Culprit(**c) for c in answer["culprits"])
    return Verdict(**{**answer, "broken": tuple(broken), "culprits": culprits})


if __name__ == "__main__":
    main()
