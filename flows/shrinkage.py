"""A release never shrinks by accident: the build is first held against the last release."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa

from flows import publish, store
from flows.errors import ReaderError
from flows.settings import Settings
from transforms.losses import COMPARED, MAX_SHARE, losses
from transforms.releases import UPCOMING


class ShrinkageError(ReaderError):
    """A build that holds nothing, or much less than the last release; says what would go."""


def raise_where_shrunk(settings: Settings) -> None:
    """Raises ShrinkageError where no story is left, or more is lost than the settings allow."""
    after = _compared(settings.build)
    if not after["articles"].num_rows:
        raise ShrinkageError(_no_story(after, settings))
    last = publish.latest(settings.releases)
    if last is None or settings.allows_shrink:
        return
    lost = [loss for loss in losses(_compared(last), after, UPCOMING) if loss.share > MAX_SHARE]
    if lost:
        told = "".join(f"\n  {loss}" for loss in lost)
        raise ShrinkageError(
            f"nothing was released: over {MAX_SHARE:.0%} of release {last.name} would be gone:"
            f"{told}\nA release replaces the one before: give --source all that it is to hold, "
            "or say --allow-shrink to release less."
        )


def _no_story(after: dict[str, pa.Table], settings: Settings) -> str:
    reasons = Counter(after["rejections"]["reason"].to_pylist())
    told = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    sources = ", ".join(str(source) for source in settings.sources)
    count = after["captures"].num_rows
    captures = "1 capture" if count == 1 else f"{count} captures"
    return (
        f"nothing was released: no story was found in {captures} of source {sources} ({told}): "
        "give pages of stories, HTML or plain text"
    )


def _compared(folder: Path) -> dict[str, pa.Table]:
    return {name: store.read_columns(folder, name, columns) for name, columns in COMPARED.items()}
