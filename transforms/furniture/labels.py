"""The newsroom names of the blocks in and before the story."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from transforms import persons, printed
from transforms.furniture.candidates import Candidate, FurnitureRules, Verdict
from transforms.furniture.stretches import is_prose
from transforms.text import runs

# How the head of a story is printed again on its later pages.
CONTINUED = re.compile(
    r"[\s,;:|(\[–-]*\b(?:continued|cont'?d|(?:(?:page|part)\s*)?\d+\s*(?:of|/)\s*\d+"
    r"|(?:page|part)\s*\d+)\W*$"
)
MAX_CONTINUED = 25  # characters
SITE_BEHIND = re.compile(r"\s*(?:[|·»•:-]|--)\s.+")
# A class or id that says "caption" means it of a block of fewer words, and of so much of a story
# at most: some pages name the element around a whole story so.
MAX_CAPTION_WORDS = 80
MAX_CAPTION_SHARE = 0.4


# Log-odds from which a line that does not say "by" is taken for names, an agency's among them.
LEAST_NAME_ODDS = -3.0


@dataclass(frozen=True, slots=True)
class Known:
    """What the reference tables lend the labels: agencies, and given names, folded."""

    agencies: tuple[str, ...] = ()
    given_names: Set[str] = frozenset()


class Labeller:
    """The newsroom names of the blocks in and before the story."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        certain: Sequence[Verdict | None],
        story: tuple[int, int],
        title: int | None,
        known: Known,
        rules: FurnitureRules,
    ) -> None:
        self._candidates = candidates
        self._certain = certain
        self._first, self._last = story
        self._title = title
        self._rules = rules
        self._known = known
        self._head = story[0] if title is None else min(title, story[0])

    def verdicts(self) -> list[Verdict]:
        """A verdict for every block, in order."""
        found: list[Verdict] = []
        for index, c in enumerate(self._candidates):
            name, rule = self._named(index, c, found)
            found.append(Verdict(name, rule, c.site_share, self._repeated(index, name, rule)))
        return found

    def _repeated(self, index: int, name: str, rule: str) -> int | None:
        """The block of the page that furniture or a pull quote repeats of title and story."""
        c, at = self._candidates[index], None
        if rule == "repeats_story":
            at = self._quoted(index, c)
        elif name == "furniture" and self._is_title_again(c):
            at = self._title
        return None if at is None else self._candidates[at].index

    def _named(self, index: int, c: Candidate, found: list[Verdict]) -> tuple[str, str]:
        certain = self._certain[index]
        if index == self._title:
            return "title", "headline"
        if self._is_title_again(c):
            return "furniture", "repeats_title"
        if certain is not None and self._signs_pull_quote(certain, c, found):
            return "pull_quote", "attribution"
        if certain is not None and self._is_listed_above(index, certain, c):
            return "crosshead", "listed_above"
        if certain is not None:
            return certain.label, certain.rule
        near_head = self._head - 2 <= index < self._first
        if near_head and c.is_date_line:
            return "dateline", "date_line"
        if (near_head or index == self._last + 1) and c.is_byline:
            return "byline", "byline"
        if index < self._head:
            return "furniture", "before_story"
        if index > self._last:
            is_credit = c.is_credit and index <= self._last + 3
            return ("credit", "credit") if is_credit else ("furniture", "after_story")
        return self._in_story(index, c, found)

    def _in_story(self, index: int, c: Candidate, found: list[Verdict]) -> tuple[str, str]:
        text, count = c.block.text, c.word_count
        if c.is_credit:
            return "credit", "credit"
        if c.is_date_line:
            return "dateline", "date_line"
        if self._is_caption(c) or self._is_credited(index):
            return "caption", "caption_credit"
        if self._quoted(index, c) is not None:
            return "pull_quote", "repeats_story"
        if self._is_attribution(c, found):
            return "pull_quote", "attribution"
        if is_prose(c, self._rules):
            return "body", "prose"
        if index < self._first:
            return self._beside_head(index, c)
        if c.is_closed or text.endswith((":", ";", ",", '"', "”", "''")):
            return "body", "short_sentence"
        if count <= self._rules.max_crosshead_words:
            return "crosshead", "short_line"
        return ("crosshead", "heading") if c.block.heading_level else ("caption", "open_line")

    def _is_caption(self, c: Candidate) -> bool:
        if printed.is_caption(c.block.text, self._known.agencies):
            return True
        return _is_hinted(c) and self._captions_are_told

    def _is_credited(self, index: int) -> bool:
        """Whether nothing but the line and the picture credit below it stand in a box."""
        around = [self._candidates[i : i + 1] for i in (index - 1, index, index + 1, index + 2)]
        above, own, credit, below = (some[0] if some else None for some in around)
        if own is None or credit is None or not (own.block.boxes and index):
            return False
        box = own.block.boxes
        is_alone = all(c is None or c.block.boxes != box for c in (above, below))
        is_pair = is_alone and credit.block.boxes == box and own.word_count <= MAX_CAPTION_WORDS
        return is_pair and printed.is_caption(credit.block.text, self._known.agencies)

    @cached_property
    def _captions_are_told(self) -> bool:
        """Whether what the page names captions stands beside its story, and is not all of it."""
        inside = self._candidates[self._first : self._last + 1]
        paragraphs = [c for c in inside if is_prose(c, self._rules)]
        hinted = sum(c.word_count for c in paragraphs if _is_hinted(c))
        return hinted <= MAX_CAPTION_SHARE * sum(c.word_count for c in paragraphs)

    def _beside_head(self, index: int, c: Candidate) -> tuple[str, str]:
        """What stands between headline and story and has no form of its own."""
        if self._is_signature(c) and not (c.block.heading_level or c.is_listed):
            return "byline", "names_below_head"
        is_signed_below = index < self._last_signature
        if c.word_count < 4:
            return "furniture", "beside_head"
        if is_signed_below or c.block.heading_level or c.block.is_emphasised:
            return "crosshead", "deck"
        return "caption", "beside_head"

    def _is_signature(self, c: Candidate) -> bool:
        """Whether the line is nothing but the names of people, and no label or paper's name."""
        if not c.is_names:
            return False
        first = re.split(r",|\(|\s(?:and|with|in|&)\s", c.block.text.strip())[0]
        return persons.log_odds(first, self._known.given_names) >= LEAST_NAME_ODDS

    @cached_property
    def _last_signature(self) -> int:
        """The last block above the story that says who wrote it, or when; -1: none does."""
        for index in range(self._first - 1, -1, -1):
            c = self._candidates[index]
            if c.is_byline or c.is_date_line or self._is_signature(c):
                return index
        return -1

    def _is_listed_above(self, index: int, certain: Verdict, c: Candidate) -> bool:
        """Whether the line is a crosshead that a list of contents above the story prints too."""
        if certain.rule != "recurs_on_page" or not self._first < index < self._last:
            return False
        folded = (some.folded for some in self._candidates[: self._first])
        return c.copies == 2 and not c.is_closed and any(text == c.folded for text in folded)

    def _is_title_again(self, c: Candidate) -> bool:
        if self._title is None:
            return False
        title = self._candidates[self._title]
        # Folding costs; what is folded changes its length by a few characters at most.
        longer = len(c.block.text) - len(title.block.text)
        if not -MAX_CONTINUED <= longer <= MAX_CONTINUED:
            return False
        if CONTINUED.sub("", c.folded) == CONTINUED.sub("", title.folded):
            return True
        # With the site's name behind one of them.
        short, long = sorted((c.folded, title.folded), key=len)
        return long.startswith(short) and SITE_BEHIND.fullmatch(long[len(short) :]) is not None

    def _signs_pull_quote(self, certain: Verdict, c: Candidate, found: list[Verdict]) -> bool:
        # The same speaker may be quoted so twice, here or in other stories of the site.
        return certain.rule.startswith("recurs_on") and self._is_attribution(c, found)

    def _is_attribution(self, c: Candidate, found: list[Verdict]) -> bool:
        if not found or (found[-1].label, found[-1].rule) != ("pull_quote", "repeats_story"):
            return False
        if c.block.heading_level or c.is_listed or c.is_closed:
            return False
        short = 0 < c.word_count <= self._rules.max_attribution_words
        return short and any(w[:1].isupper() for w in c.block.text.split())

    def _quoted(self, index: int, c: Candidate) -> int | None:
        """The longer paragraph of the story with most of the block's words in the same runs.

        None: it has too few of them for the block to be a pull quote.
        """
        rules = self._rules
        if c.block.heading_level or c.is_listed:
            return None
        if not rules.min_pull_quote_words <= c.word_count <= rules.max_prose_weight:
            return None
        covered: dict[int, set[int]] = {}
        for position, run in enumerate(runs(c.words, rules.repeated_run)):
            for at in self._printed_runs.get(run, ()):
                if at != index and len(self._candidates[at].words) > len(c.words):
                    words_of_run = range(position, position + rules.repeated_run)
                    covered.setdefault(at, set()).update(words_of_run)
        if not covered:
            return None
        share = rules.min_repeated_share_prose if is_prose(c, rules) else rules.min_repeated_share
        most = max(covered, key=lambda at: (len(covered[at]), -at))
        return most if len(covered[most]) >= share * len(c.words) else None

    @cached_property
    def _printed_runs(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        """The paragraphs of the story by the runs of words they print."""
        found: dict[tuple[str, ...], tuple[int, ...]] = {}
        for at in range(self._first, self._last + 1):
            c = self._candidates[at]
            # What is no story itself, a caption that prints the lead again, takes nothing out.
            is_told = self._certain[at] is None and not self._is_caption(c)
            if is_told and is_prose(c, self._rules):
                for run in runs(c.words, self._rules.repeated_run):
                    holders = found.get(run, ())
                    if len(holders) < self._rules.max_run_copies:
                        found[run] = (*holders, at)
        return found


def _is_hinted(c: Candidate) -> bool:
    return "caption" in c.block.hints and c.word_count <= MAX_CAPTION_WORDS
