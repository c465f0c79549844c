"""Good releases that come close to breaking a rule: what the rules must let pass."""

from __future__ import annotations

import datetime as dt
import hashlib

from tests.expectations.counterexamples import SPRING, UNRESOLVED, YEAR, Fault, sets
from tests.expectations.story_rows import Rows, make_id, mark


def _astral(rows: Rows, world: int) -> None:
    """Characters beyond 16 bits and combining ones before a name: spans count code points."""
    odd = "\U0001d538e\u0301 \u0430 "
    block = next(b for b in rows["blocks"] if b["text"].startswith("The Tern League"))
    text = odd + block["text"]
    rows["articles"][3]["text"] = rows["articles"][3]["text"].replace(block["text"], text)
    digest = hashlib.sha256(rows["articles"][3]["text"].encode()).hexdigest()
    rows["articles"][3]["text_sha256"] = digest
    block.update(text=text, char_end=block["char_end"] + len(odd))
    _, credit = rows["blocks"][18:20]
    credit.update(char_start=credit["char_start"] + 40, char_end=credit["char_end"] + 40)
    rows["blocks"][18].update(
        char_start=rows["blocks"][18]["char_start"] + 20,
        char_end=rows["blocks"][18]["char_end"] + 20,
    )
    for row in (rows["mentions"][6], rows["date_candidates"][SPRING]):
        for column in ("block_start", "char_start", "char_end"):
            if column in row:
                row[column] += len(odd)


def _split(rows: Rows, world: int) -> None:
    rows["event_ledger"].append(
        {
            "old_event_id": make_id("e", 5, world),
            "new_event_id": make_id("e", 2, world),
            "change": "split",
            "cause": f"two stories ({mark(world)})",
            "release": "1.1.0",
        }
    )


def _revived(rows: Rows, world: int) -> None:
    """Retired in 1.9.0, back in 1.10.0, gone again in 1.11.0 and back in the release to come."""
    added = rows["event_ledger"][0]
    gone = {"old_event_id": added["new_event_id"], "new_event_id": None, "change": "retired"}
    for change, release in (
        (gone, "1.9.0"),
        ({}, "1.10.0"),
        (gone, "1.11.0"),
        ({}, "upcoming"),
    ):
        rows["event_ledger"].append({**added, **change, "release": release})


TWINS: dict[str, Fault] = {
    "as_it_is": lambda rows, world: None,
    "characters_beyond_the_plane": _astral,
    "split_event": _split,
    "capture_in_quarantine": sets("rejections", 0, stage="expectations", reason="slices_to_text"),
    "revived_event": _revived,
    "address_read_off_the_page": sets("captures", 0, url=None),
    "clock_time_next_day_in_utc": sets(
        "articles", 0, published_at=dt.datetime(1997, 3, 5, 1, 5, tzinfo=dt.UTC)
    ),
    "captured_on_the_day": sets("captures", 0, captured_at=dt.datetime(1997, 3, 4, tzinfo=dt.UTC)),
    "capture_time_unknown": sets("captures", 0, captured_at=None),
    "chosen_clue_is_narrower": sets(
        "date_candidates", YEAR, date_start=None, date_end=None, precision="bracket"
    ),
    "name_not_told": sets("mentions", UNRESOLVED, office="envoy"),
    "score_at_its_bounds": sets("pair_decisions", 0, score=1.0, jaccard=0.0),
    "language_unknown": sets("articles", 0, language=None),
}
