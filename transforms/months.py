"""Names of months and weekdays as pages print them, in the languages that pages are met in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from functools import cache
from operator import itemgetter

from transforms.english import MONTHS
from transforms.text import fold_letters

# January to December; the first three or four letters, with or without a point, mean the same.
MONTH_NAMES: Mapping[str, str] = {
    "en": " ".join(MONTHS),
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "de-at": "jänner feber märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie"
    " decembrie",
}  # fmt: skip
# Short forms that are not the first letters.
SHORT_FORMS = {"sept": 9, "maerz": 3, "mrz": 3, "mrt": 3, "fevr": 2, "juil": 7}
SHORTEST = 3


@cache
def month_numbers() -> Mapping[str, int]:
    """The number of each month by name and short form, accents folded away.

    A short form that two months share ("jui" in French) is none.
    """
    meanings: dict[str, set[int]] = {}
    for names in MONTH_NAMES.values():
        for number, name in enumerate(names.split(), 1):
            folded = fold_letters(name)
            for form in (folded, folded[:SHORTEST], folded[: SHORTEST + 1]):
                meanings.setdefault(form, set()).add(number)
    full = {
        fold_letters(name): number
        for names in MONTH_NAMES.values()
        for number, name in enumerate(names.split(), 1)
    }
    short = {form: min(found) for form, found in meanings.items() if len(found) == 1}
    return {**short, **SHORT_FORMS, **full}


def month_number(name: str) -> int:
    """The number of a printed month, in full or short, in any of the languages.

    >>> [month_number(m) for m in ("Sept.", "März", "DÉC", "enero")]
    [9, 3, 12, 1]
    """
    # Patterns that ignore case take the dotless i and old letter forms for their like.
    return month_numbers()[fold_letters(name.rstrip(".")).casefold().replace("ı", "i")]


@cache
def month_pattern() -> str:
    """A pattern of every month's name and short form, as printed, a point behind it or not."""
    printed = {
        form
        for names in MONTH_NAMES.values()
        for name in names.split()
        for form in (name, fold_letters(name), name[:SHORTEST], name[: SHORTEST + 1])
        if fold_letters(form) in month_numbers()
    } | set(SHORT_FORMS)
    # By first letter: a pattern that ignores case tries every alternative in full.
    ordered = sorted(printed, key=lambda form: (form[0], -len(form), form))
    branches = (
        f"{letter}(?:{'|'.join(re.escape(form[1:]) for form in forms)})"
        for letter, forms in itertools.groupby(ordered, key=itemgetter(0))
    )
    return rf"(?:{'|'.join(branches)})(?!\w)\.?"
