"""The page and the message: what a reader sees of the results."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

from expectations.message import failure_message
from expectations.page import render
from transforms.quarantine import Quarantined
from transforms.schema import to_arrow
from transforms.tables import ValidationResult

HOLDS = ValidationResult(
    "captures", "ends_once", None, True, "broken by none of 6 rows", 0, (), "critical", "article"
)
BROKEN = ValidationResult(
    "mentions",
    "slices_to_text",
    None,
    False,
    "broken by 9 of 40 rows",
    9,
    tuple(f"a_{number}" for number in range(7)),
    "critical",
    "article",
)
ODD = ValidationResult(
    "quotations", "row_count", None, False, "0 rows, at least 1", 0, (), "warning", "release"
)
UNCHECKED = ValidationResult(
    "events", "is_in_ledger", None, False, "not checked: see event_ledger", 0, (), "critical",
    "release",
)  # fmt: skip


def page_of(*rows: ValidationResult) -> str:
    """The page of these results."""
    return render(to_arrow(ValidationResult, rows), "What was checked")


def text_of(page: str) -> str:
    """The page's words, white space folded."""
    body = page.split("</style>")[1]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


def message_of(*rows: ValidationResult) -> str:
    """The message of these results."""
    return failure_message(to_arrow(ValidationResult, rows))


def test_message_names_table_rule_reason_and_keys() -> None:
    assert message_of(HOLDS, BROKEN, ODD, UNCHECKED) == "\n".join(
        [
            "2 of 4 rules do not hold:",
            "  table mentions: slices_to_text: broken by 9 of 40 rows",
            "    why: Law 3: a mention's span slices to the name as printed.",
            *(f"    row: a_{number}" for number in range(5)),
            "    and 4 more",
            "  table quotations: row_count (warning): 0 rows, at least 1",
            "    why: It is unlikely that no story of a release has a quotation.",
            "  1 more could not be checked, since their tables are not as declared.",
        ]
    )


def test_message_names_the_column() -> None:
    row = replace(BROKEN, rule="is_not_null", column_name="surface", failure_count=1)
    assert "table mentions, column surface: is_not_null" in message_of(row)


def test_no_message_where_all_rules_hold() -> None:
    assert message_of(HOLDS) == ""


def test_page_of_a_good_release_says_so() -> None:
    text = text_of(page_of(HOLDS))
    assert "1 of 1 rules hold." in text
    assert "What does not hold" not in text
    assert "Law 1: every capture ends as articles, numbered from 0, or as one rejection." in text


def test_page_shows_what_is_broken_with_reason_and_keys() -> None:
    text = text_of(page_of(HOLDS, BROKEN, ODD, UNCHECKED))
    assert "1 of 4 rules do not hold: this may not be released." in text
    assert "1 warning." in text
    assert "1 more could not be checked." in text
    assert "Seen: broken by 9 of 40 rows a_0 a_1 a_2 a_3 a_4 a_5 a_6 and 2 more" in text


def test_page_of_unchecked_rules_does_not_praise() -> None:
    assert "could not be checked: this may not be released." in text_of(page_of(UNCHECKED))


def test_page_of_warnings_alone_holds() -> None:
    assert "1 of 2 rules hold. 1 warning." in text_of(page_of(HOLDS, ODD))


def test_page_of_no_results_is_a_page() -> None:
    assert "No rule was checked." in text_of(page_of())


def test_page_shows_rules_it_no_longer_knows() -> None:
    text = text_of(page_of(replace(HOLDS, rule="of_an_older_release")))
    assert "of_an_older_release" in text


def test_page_tells_of_captures_in_quarantine() -> None:
    held = Quarantined("c_1", "north/<b>.txt", "slices_to_text", "mentions: article_id='a_1'")
    page = render(to_arrow(ValidationResult, [HOLDS]), "What was checked", [held])
    assert "1 of 1 rules hold." in text_of(page)
    assert "<code>north/&lt;b&gt;.txt</code> <code>slices_to_text</code>" in page
    assert "In quarantine" not in page_of(HOLDS)


def test_page_escapes_what_captures_print() -> None:
    page = page_of(replace(BROKEN, failure_keys=("<script>alert(1)</script>",)))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_page_needs_nothing_but_itself() -> None:
    page = page_of(HOLDS, BROKEN)
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#)|url\(|@import|https?:""", page)


def test_page_does_not_depend_on_the_order_of_rows() -> None:
    assert page_of(HOLDS, BROKEN, ODD) == page_of(ODD, BROKEN, HOLDS)


def test_page_and_rules_do_not_load_great_expectations() -> None:
    code = (
        "import sys, expectations.page, expectations.message; "
        "sys.exit('great_expectations' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
