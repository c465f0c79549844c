"""Furniture: a verdict for every block, label and rule.

Three kinds of evidence: the block itself, its neighbours on the page, its recurrence on its
site. First what is certainly furniture is set aside; then the story is the stretch of the page
where prose outweighs everything else; then what stands in and before it gets its newsroom name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from boilerpy3.document import TextBlock, TextDocument
from boilerpy3.filters import NumWordsRulesClassifier

from transforms import printed, story
from transforms.blocks import Page, PageBlock
from transforms.sites import Profile
from transforms.story import Chances
from transforms.text import ends_as_sentence, fingerprint, fold, runs, words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a block is, and the rule that says so."""

    label: str
    rule: str
    site_share: float


@dataclass(frozen=True, slots=True)
class FurnitureRules:
    """Thresholds of the verdicts; figures are words unless said."""

    # A short block is furniture on its second story; a paragraph of background may be printed
    # twice by the same writer, so prose needs a third story and a fair share of the site.
    min_stories_short: int = 2
    min_stories_prose: int = 3
    min_share_prose: float = 0.25
    # Prose: closes as a sentence and is longer than any label or link.
    min_prose_words: int = 9
    # "He agreed." is prose too, if less surely.
    min_short_sentence_words: int = 3
    # Weights of the stretch that is the story: a paragraph counts its words up to 40, so that
    # one wall of text cannot outweigh a page; a line of anything else costs 6.
    max_prose_weight: int = 40
    other_weight: int = -6
    furniture_weight: int = -2
    # A story of fewer words is a teaser or a stray sentence.
    min_story_words: int = 30
    max_title_words: int = 25
    max_title_share: float = 0.7
    max_crosshead_words: int = 6
    max_attribution_words: int = 7
    # A pull quote repeats the story in runs of so many words, half of its own or more; what
    # reads as a sentence of the story must repeat nearly all of another.
    repeated_run: int = 4
    min_repeated_share: float = 0.5
    min_repeated_share_prose: float = 0.8
    # What so many blocks print is a formula; looking further would cost the square of a page
    # that prints one line ten thousand times.
    max_run_copies: int = 20
    # Links make up a navigation block; a story's own links do not.
    max_link_share: float = 0.5
    # So far above the first block that may be story a headline, below the last one a credit.
    max_head_blocks: int = 40
    max_foot_blocks: int = 6


RULES = FurnitureRules()


@dataclass(frozen=True)
class Candidate:
    """A block with what the rules ask of it, computed once."""

    block: PageBlock
    site_share: float
    story_count: int
    copies: int  # blocks of the same text on the page
    is_prose_to_boilerpipe: bool

    @cached_property
    def words(self) -> list[str]:
        return words(self.block.text)

    @cached_property
    def is_closed(self) -> bool:
        return ends_as_sentence(self.block.text)

    @cached_property
    def is_credit(self) -> bool:
        return printed.is_credit(self.block.text)

    @cached_property
    def folded(self) -> str:
        return fold(self.block.text)


def label(
    page: Page,
    profile: Profile,
    agencies: Sequence[str] = (),
    rules: FurnitureRules = RULES,
    chances: Chances | None = None,
) -> tuple[Verdict, ...]:
    """A verdict for every block of the page, in their order.

    `profile` holds the site's recurring blocks by fingerprint; `agencies` are names of news
    agencies as captions print them; `chances` are those of `story.judge`, which is faster for
    many pages at once.
    """
    if chances is None:
        chances = story.judge([page])[0]
    kept = story.choose(page.blocks, chances)
    size = sum(len(b.text.split()) for b, k in zip(page.blocks, kept, strict=True) if k)
    if size < rules.min_story_words:
        kept = [False] * len(kept)
    candidates = _candidates(page, profile)
    first, after = _reach(kept, rules)
    inside = candidates[first:after]
    verdicts = _by_rules(page, inside, tuple(agencies), rules)
    listed = _in_lists(verdicts, inside)
    weighed = [
        _weighed(v, c, is_kept, chance, is_listed)
        for v, c, is_kept, chance, is_listed in zip(
            verdicts,
            inside,
            kept[first:after],
            chances[first:after].tolist(),
            listed,
            strict=True,
        )
    ]
    above = [Verdict("furniture", "before_story", c.site_share) for c in candidates[:first]]
    below = [Verdict("furniture", "after_story", c.site_share) for c in candidates[after:]]
    return (*above, *weighed, *below)


def by_rules(
    page: Page, profile: Profile, agencies: Sequence[str] = (), rules: FurnitureRules = RULES
) -> tuple[Verdict, ...]:
    """The verdicts of the rules alone, as they are before the learned chances are weighed."""
    return tuple(_by_rules(page, _candidates(page, profile), tuple(agencies), rules))


def _reach(kept: list[bool], rules: FurnitureRules) -> tuple[int, int]:
    """The stretch of blocks where story, headline, bylines and credits can stand."""
    chosen = [index for index, is_kept in enumerate(kept) if is_kept]
    if not chosen:
        return 0, len(kept)
    return max(0, chosen[0] - rules.max_head_blocks), chosen[-1] + 1 + rules.max_foot_blocks


def _by_rules(
    page: Page, candidates: list[Candidate], agencies: tuple[str, ...], rules: FurnitureRules
) -> list[Verdict]:
    verdicts = [_certain(c, rules) for c in candidates]
    stretch = _story(candidates, verdicts, rules)
    if stretch is None:
        return [
            v or Verdict("furniture", "no_story", c.site_share)
            for c, v in zip(candidates, verdicts, strict=True)
        ]
    title = _title(page, candidates, verdicts, stretch[0], rules)
    return _Labeller(candidates, verdicts, stretch, title, agencies, rules).verdicts()


# What the learned chances may overrule: rules on the place of a block, not on its words.
OVERRULED = frozenset("after_story no_story recurs_on_page".split())
# Rules on lines without a full stop, in a story of paragraphs: captions and crossheads.
OF_OPEN_LINES = frozenset("open_line beside_head short_line deck".split())
# A block all in links is story only where the chances are overwhelming.
SURE_LINKS = 0.9
LISTED = re.compile(r"/(?:li|dt|dd|pre)(?:/|$)")
PICTURED = re.compile(r"\bcap\b|caption|credit|image|photo|figure|img|media")


def _weighed(
    verdict: Verdict, c: Candidate, is_kept: bool, chance: float, is_listed: bool
) -> Verdict:
    """The rules' verdict, set right where the learned chances know better."""
    if verdict.label in ("body", "crosshead") and not is_kept:
        return replace(verdict, label="furniture", rule="unlikely_story")
    if not is_kept or not _may_be_overruled(verdict, chance, is_listed):
        return verdict
    is_head = c.block.heading_level > 0 and not c.is_closed
    return replace(verdict, label="crosshead" if is_head else "body", rule="likely_story")


def _may_be_overruled(verdict: Verdict, chance: float, is_listed: bool) -> bool:
    if verdict.rule == "links":
        return chance >= SURE_LINKS
    return verdict.rule in OVERRULED or (verdict.rule in OF_OPEN_LINES and is_listed)


def _in_lists(verdicts: Sequence[Verdict], candidates: Sequence[Candidate]) -> list[bool]:
    """Which blocks are points of lists, by their elements or by their likes beside them."""
    is_open = [False, *(v.rule in ("open_line", "short_line") for v in verdicts), False]
    return [
        (is_open[at] and (is_open[at - 1] or is_open[at + 1]) and not c.block.heading_level)
        or _is_listed(c, candidates[at - 2] if at > 1 else None)
        for at, c in enumerate(candidates, start=1)
    ]


def _is_listed(c: Candidate, above: Candidate | None) -> bool:
    """Whether an open line is a point of a list or a cell, not a caption or a crosshead."""
    block = c.block
    if LISTED.search(block.path) or (above and above.block.text.endswith((":", ";"))):
        return True
    is_marked = block.heading_level or block.is_emphasised or PICTURED.search(block.hints)
    # A page that names its elements names its captions too; older ones, laid out in tables, do not.
    is_laid_out = "/figure" in block.path or "/td" in block.path
    return bool(block.hints) and not is_marked and not is_laid_out


def _candidates(page: Page, profile: Profile) -> list[Candidate]:
    copies = Counter(b.text.lower() for b in page.blocks)
    prose = _boilerpipe_content(page.blocks)
    candidates = []
    for block, is_prose in zip(page.blocks, prose, strict=True):
        seen = profile.get(fingerprint(block.text)) if profile else None
        share, count = (seen.site_share, seen.story_count) if seen else (0.0, 1)
        candidates.append(Candidate(block, share, count, copies[block.text.lower()], is_prose))
    return candidates


def _boilerpipe_content(blocks: Sequence[PageBlock]) -> list[bool]:
    """boilerpy3's own verdict on each block: its rules on word counts and link density."""
    text_blocks = []
    for number, block in enumerate(blocks):
        count = len(block.text.split())
        text_blocks.append(
            TextBlock(
                block.text,
                num_words=count,
                num_words_in_anchor_text=round(count * block.link_share),
                # Boilerpipe wraps text at 80 characters to measure its density.
                num_words_in_wrapped_lines=count,
                num_wrapped_lines=max(1, len(block.text) // 80),
                offset_blocks=number,
            )
        )
    NumWordsRulesClassifier().process(TextDocument(text_blocks))
    return [block.is_content for block in text_blocks]


def _certain(c: Candidate, rules: FurnitureRules) -> Verdict | None:
    """The verdict on what is furniture whatever stands around it."""
    rule = _furniture_rule(c, rules)
    return Verdict("furniture", rule, c.site_share) if rule else None


def _furniture_rule(c: Candidate, rules: FurnitureRules) -> str | None:
    text, count = c.block.text, len(c.words)
    if not any(ch.isalpha() for ch in text) and not printed.is_date_line(text):
        return "no_letters"
    if printed.is_site_stamp(text):
        return "site_stamp"
    if printed.is_control(text):
        return "page_control"
    is_prose = count >= rules.min_prose_words and c.is_closed
    if is_prose:
        if c.story_count >= rules.min_stories_prose and c.site_share >= rules.min_share_prose:
            return "recurs_on_site"
    elif c.story_count >= rules.min_stories_short and not _is_of_story(text):
        return "recurs_on_site"
    if c.copies > 1 and count <= rules.max_crosshead_words:
        return "recurs_on_page"
    if c.block.link_share > rules.max_link_share and c.block.heading_level == 0:
        return "links"
    return None


def _is_of_story(text: str) -> bool:
    """Whether the line belongs to a story though others may print the same."""
    return printed.is_byline(text) or printed.is_date_line(text) or printed.is_credit(text)


def _story(
    candidates: Sequence[Candidate], verdicts: Sequence[Verdict | None], rules: FurnitureRules
) -> tuple[int, int] | None:
    """First and last block of the heaviest stretch of prose; None where there is no story."""
    best, best_sum, start, running = None, 0, 0, 0
    for index, (c, verdict) in enumerate(zip(candidates, verdicts, strict=True)):
        if running <= 0:
            start, running = index, 0
        running += _weight(c, verdict, rules)
        if running > best_sum:
            best, best_sum = (start, index), running
    if best is None:
        return None
    prose = [
        c
        for c, v in list(zip(candidates, verdicts, strict=True))[best[0] : best[1] + 1]
        if _is_prose(c, v, rules)
    ]
    if sum(len(c.words) for c in prose) < rules.min_story_words:
        return None
    return best


def _weight(c: Candidate, verdict: Verdict | None, rules: FurnitureRules) -> int:
    if verdict is not None:
        return rules.furniture_weight
    if _is_prose(c, verdict, rules):
        return min(len(c.words), rules.max_prose_weight)
    if c.is_closed and len(c.words) >= rules.min_short_sentence_words:
        return len(c.words)
    return rules.other_weight


def _is_prose(c: Candidate, verdict: Verdict | None, rules: FurnitureRules) -> bool:
    if verdict is not None or len(c.words) < rules.min_prose_words:
        return False
    reads_on = c.is_closed or (c.is_prose_to_boilerpipe and len(c.words) > 25)
    return reads_on and not c.is_credit


def _title(
    page: Page,
    candidates: Sequence[Candidate],
    verdicts: Sequence[Verdict | None],
    first_body: int,
    rules: FurnitureRules,
) -> int | None:
    """The block that is the story's headline, or None."""
    able = [i for i in range(first_body) if _can_be_title(candidates[i], rules)]
    by_document = _title_in_document(page, candidates, able, rules)
    if by_document is not None:
        return by_document
    heads = [i for i in able if _may_be_head(verdicts[i])]
    if not heads:
        return None
    lead = _content(" ".join(c.block.text for c in candidates[first_body : first_body + 4]))
    overlap = {i: _share_in(_content(candidates[i].block.text), lead) for i in heads}
    dated = _beside_date(candidates, heads, overlap, first_body)
    if dated is not None:
        return dated
    headings = [i for i in heads if candidates[i].block.heading_level in (1, 2)]
    related = [i for i in headings or heads if overlap[i] >= 0.25]
    # Captions and stand-firsts follow the headline, so the first that fits the story is it.
    return related[0] if related else max(heads, key=lambda i: (overlap[i], i))


def _may_be_head(verdict: Verdict | None) -> bool:
    return verdict is None or verdict.rule == "links"


def _can_be_title(c: Candidate, rules: FurnitureRules) -> bool:
    text = c.block.text
    if printed.is_control(text) or printed.is_site_stamp(text):
        return False
    if printed.is_byline(text) or printed.is_date_line(text):
        return False
    if c.is_closed and text.rstrip("\"'”’").endswith("."):
        return False
    return 2 <= len(c.words) <= rules.max_title_words


def _title_in_document(
    page: Page, candidates: Sequence[Candidate], heads: list[int], rules: FurnitureRules
) -> int | None:
    """The longest head that the page's own title or og:title holds.

    Other pages may link to the story by its headline, so it may recur; a site's name recurs more.
    """
    own = [f.text for f in page.facts if f.name in ("meta:og:title", "meta:dc.title", "meta:title")]
    stated = " | ".join(fold(t) for t in [page.document_title or "", *own])
    held = [
        i
        for i in heads
        if candidates[i].site_share <= rules.max_title_share and candidates[i].folded in stated
    ]
    return max(held, key=lambda i: (len(candidates[i].block.text), -i), default=None)


def _beside_date(
    candidates: Sequence[Candidate], heads: list[int], overlap: dict[int, float], first_body: int
) -> int | None:
    """The head right before or right after the printed date line, whichever fits the story."""
    dates = [i for i in range(first_body) if printed.is_date_line(candidates[i].block.text)]
    if not dates:
        return None
    before = [i for i in heads if dates[-1] - 2 <= i < dates[-1]]
    after = [i for i in heads if i == dates[-1] + 1]
    near = [i for i in (*before[:1], *after) if overlap[i] > 0]
    return max(near, key=lambda i: (overlap[i] >= 0.25, i in before, overlap[i]), default=None)


STOP_WORDS = frozenset(
    "a an and are as at be been but by for from had has have he her his in into is it its more new"
    " not of on or our out over said says she than that the their them they this to up us was we"
    " were what when who will with you your".split()
)


def _content(text: str) -> set[str]:
    return {w.removesuffix("'s").removesuffix("’s")[:6] for w in words(text) if w not in STOP_WORDS}


def _share_in(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some) if some else 0.0


class _Labeller:
    """The newsroom names of the blocks in and before the story."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        certain: Sequence[Verdict | None],
        story: tuple[int, int],
        title: int | None,
        agencies: tuple[str, ...],
        rules: FurnitureRules,
    ) -> None:
        self._candidates = candidates
        self._certain = certain
        self._first, self._last = story
        self._title = title
        self._rules = rules
        self._agencies = agencies
        self._head = story[0] if title is None else min(title, story[0])

    def verdicts(self) -> list[Verdict]:
        """A verdict for every block, in order."""
        found: list[Verdict] = []
        for index, c in enumerate(self._candidates):
            name, rule = self._named(index, c, found)
            found.append(Verdict(name, rule, c.site_share))
        return found

    def _named(self, index: int, c: Candidate, found: list[Verdict]) -> tuple[str, str]:
        text, certain = c.block.text, self._certain[index]
        if index == self._title:
            return "title", "headline"
        if certain is not None and self._signs_pull_quote(certain, c, found):
            return "pull_quote", "attribution"
        if certain is not None:
            return certain.label, certain.rule
        if self._is_title_again(c):
            return "furniture", "repeats_title"
        near_head = self._head - 2 <= index < self._first
        if near_head and printed.is_date_line(text):
            return "dateline", "date_line"
        if (near_head or index == self._last + 1) and printed.is_byline(text):
            return "byline", "byline"
        if index < self._head:
            return "furniture", "before_story"
        if index > self._last:
            is_credit = c.is_credit and index <= self._last + 3
            return ("credit", "credit") if is_credit else ("furniture", "after_story")
        return self._in_story(index, c, found)

    def _in_story(self, index: int, c: Candidate, found: list[Verdict]) -> tuple[str, str]:
        text, count = c.block.text, len(c.words)
        if c.is_credit:
            return "credit", "credit"
        if printed.is_date_line(text):
            return "dateline", "date_line"
        if printed.is_caption(text, self._agencies) or "caption" in c.block.hints:
            return "caption", "caption_credit"
        if self._is_pull_quote(index, c):
            return "pull_quote", "repeats_story"
        if self._is_attribution(c, found):
            return "pull_quote", "attribution"
        if _is_prose(c, None, self._rules):
            return "body", "prose"
        if index < self._first:
            return self._beside_head(index, c)
        if c.is_closed or text.endswith((":", ";", ",", '"', "”", "''")):
            return "body", "short_sentence"
        if count <= self._rules.max_crosshead_words:
            return "crosshead", "short_line"
        return ("crosshead", "heading") if c.block.heading_level else ("caption", "open_line")

    def _beside_head(self, index: int, c: Candidate) -> tuple[str, str]:
        """What stands between headline and story and has no form of its own."""
        if printed.is_names(c.block.text):
            return "byline", "names_below_head"
        is_signed_below = index < self._last_signature
        if len(c.words) < 4:
            return "furniture", "beside_head"
        if is_signed_below or c.block.heading_level or c.block.is_emphasised:
            return "crosshead", "deck"
        return "caption", "beside_head"

    @cached_property
    def _last_signature(self) -> int:
        """The last block above the story that says who wrote it, or when; -1: none does."""
        above = [c.block.text for c in self._candidates[: self._first]]
        signed = (
            i
            for i, t in enumerate(above)
            if printed.is_byline(t) or printed.is_date_line(t) or printed.is_names(t)
        )
        return max(signed, default=-1)

    def _is_title_again(self, c: Candidate) -> bool:
        if self._title is None:
            return False
        title = self._candidates[self._title]
        # Folding costs; what is folded changes its length by a few characters at most.
        if abs(len(c.block.text) - len(title.block.text)) > 9:
            return False
        return c.folded == title.folded

    def _signs_pull_quote(self, certain: Verdict, c: Candidate, found: list[Verdict]) -> bool:
        # The same speaker may be quoted so twice, here or in other stories of the site.
        return certain.rule.startswith("recurs_on") and self._is_attribution(c, found)

    def _is_attribution(self, c: Candidate, found: list[Verdict]) -> bool:
        if not found or found[-1] != replace(found[-1], label="pull_quote", rule="repeats_story"):
            return False
        short = 0 < len(c.words) <= self._rules.max_attribution_words
        return short and not c.is_closed and any(w[:1].isupper() for w in c.block.text.split())

    def _is_pull_quote(self, index: int, c: Candidate) -> bool:
        """Whether a longer block of the story says the same words in the same runs."""
        rules = self._rules
        if not rules.repeated_run <= len(c.words) <= rules.max_prose_weight:
            return False
        if c.block.heading_level or LISTED.search(c.block.path):
            return False
        is_prose = _is_prose(c, None, rules)
        need = rules.min_repeated_share_prose if is_prose else rules.min_repeated_share
        covered: dict[int, set[int]] = {}
        for position, run in enumerate(runs(c.words, rules.repeated_run)):
            for at in self._printed_runs.get(run, ()):
                if at != index and len(self._candidates[at].words) > len(c.words):
                    words_of_run = range(position, position + rules.repeated_run)
                    covered.setdefault(at, set()).update(words_of_run)
        return any(len(words_held) >= need * len(c.words) for words_held in covered.values())

    @cached_property
    def _printed_runs(self) -> dict[tuple[str, ...], list[int]]:
        """The blocks of the story by the runs of words they print."""
        printed_runs: dict[tuple[str, ...], list[int]] = {}
        for at in range(self._first, self._last + 1):
            for run in set(runs(self._candidates[at].words, self._rules.repeated_run)):
                holders = printed_runs.setdefault(run, [])
                if len(holders) < self._rules.max_run_copies:
                    holders.append(at)
        return printed_runs


def with_label(verdict: Verdict, name: str) -> Verdict:
    """The verdict as a human correction sets it."""
    return replace(verdict, label=name, rule="correction")
