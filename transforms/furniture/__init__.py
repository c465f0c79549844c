"""Furniture: a verdict for every block, label and rule.

Three kinds of evidence: the block itself, its neighbours on the page, its recurrence on its
site. First what is certainly furniture is set aside; then the story is the stretch of the page
where prose outweighs everything else; then what stands in and before it gets its newsroom name.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from transforms.blocks import Page, PageBlock
from transforms.furniture import comments, notices, repeats, signatures, story
from transforms.furniture.candidates import (
    RULES,
    Candidate,
    FurnitureRules,
    Verdict,
    candidates_of,
    recurrence,
)
from transforms.furniture.headlines import headline_of
from transforms.furniture.labels import Known, Labeller
from transforms.furniture.story import Chances
from transforms.furniture.stretches import certain, stretch_of
from transforms.furniture.weighing import weigh
from transforms.sites import Profile
from transforms.text import measured_words

__all__ = ["RULES", "FurnitureRules", "Verdict", "by_rules", "label", "with_label"]


def label(
    page: Page,
    profile: Profile,
    agencies: Sequence[str] = (),
    rules: FurnitureRules = RULES,
    chances: Chances | None = None,
    given_names: Set[str] = frozenset(),
) -> tuple[Verdict, ...]:
    """A verdict for every block of the page, in their order.

    `profile` holds the site's recurring blocks by fingerprint; `agencies` are names of news
    agencies as captions print them; `chances` are those of `story.judge`, which is faster for
    many pages at once; `given_names`, folded, help to tell names from labels.
    """
    if chances is None:
        chances = story.judge([page])[0]
    known = Known(tuple(agencies), given_names)
    shown = page.shown
    if shown is page:
        return _label(page, profile, known, rules, chances)
    numbers = [n for n, b in enumerate(page.blocks) if not b.is_hidden]
    return _among_hidden(page, numbers, _label(shown, profile, known, rules, chances[numbers]))


def _among_hidden(
    page: Page, numbers: Sequence[int], verdicts: Sequence[Verdict]
) -> tuple[Verdict, ...]:
    """The verdicts on all blocks, from those on the blocks shown."""
    found = [Verdict("furniture", "hidden", 0.0)] * len(page.blocks)
    for number, verdict in zip(numbers, verdicts, strict=True):
        at = verdict.repeats
        found[number] = verdict if at is None else replace(verdict, repeats=numbers[at])
    return tuple(found)


def _label(
    page: Page, profile: Profile, known: Known, rules: FurnitureRules, chances: Chances
) -> tuple[Verdict, ...]:
    choice = story.choose(page.blocks, chances)
    kept = choice.kept
    size = sum(measured_words(b.text) for b, k in zip(page.blocks, kept, strict=True) if k)
    if size < rules.min_story_words:
        kept = [False] * len(kept)
    first, after = _reach(kept, rules)
    inside = candidates_of(page, profile, first, after)
    verdicts = _by_rules(page, inside, known, rules)
    middle = weigh(
        verdicts,
        inside,
        kept[first:after],
        chances[first:after].tolist(),
        choice.repeats[first:after],
    )
    above = [_out("before_story", b, profile) for b in page.blocks[:first]]
    below = [_out("after_story", b, profile) for b in page.blocks[after:]]
    marked = repeats.marked(page.blocks, [*above, *middle, *below], choice.repeats)
    found = repeats.settled(page.blocks, marked)
    if not any(v.label == "body" for v in found):
        found = _again(page, profile, known, rules) or found
    return tuple(signatures.told(page.blocks, comments.told(page.blocks, found)))


def _again(
    page: Page, profile: Profile, known: Known, rules: FurnitureRules
) -> list[Verdict] | None:
    """A second reading by the rules alone, where the chances leave nothing of a page of prose."""
    candidates = candidates_of(page, profile)
    found = _by_rules(page, candidates, known, rules)
    pairs = list(zip(candidates, found, strict=True))
    told = sum(c.word_count for c, v in pairs if v.label == "body")
    others = sum(
        c.word_count for c, v in pairs if v.label in ("furniture", "caption") and v.rule != "links"
    )
    return found if told > others else None


def _out(rule: str, block: PageBlock, profile: Profile) -> Verdict:
    return Verdict("furniture", rule, recurrence(block, profile)[0])


def by_rules(
    page: Page, profile: Profile, agencies: Sequence[str] = (), rules: FurnitureRules = RULES
) -> tuple[Verdict, ...]:
    """The verdicts of the rules alone, as they are before the learned chances are weighed."""
    return tuple(_by_rules(page, candidates_of(page, profile), Known(tuple(agencies)), rules))


def _reach(kept: list[bool], rules: FurnitureRules) -> tuple[int, int]:
    """The stretch of blocks where story, headline, bylines and credits can stand."""
    chosen = [index for index, is_kept in enumerate(kept) if is_kept]
    if not chosen:
        return 0, len(kept)
    return max(0, chosen[0] - rules.max_head_blocks), chosen[-1] + 1 + rules.max_foot_blocks


def _by_rules(
    page: Page, candidates: list[Candidate], known: Known, rules: FurnitureRules
) -> list[Verdict]:
    asked = notices.of_page(candidates)
    verdicts = [
        Verdict("furniture", "site_notice", c.site_share) if n in asked else certain(c, rules)
        for n, c in enumerate(candidates)
    ]
    stretch = stretch_of(candidates, verdicts, rules)
    if stretch is None:
        return [
            v or Verdict("furniture", "no_story", c.site_share)
            for c, v in zip(candidates, verdicts, strict=True)
        ]
    title = headline_of(page, candidates, verdicts, stretch[0], rules)
    return Labeller(candidates, verdicts, stretch, title, known, rules).verdicts()


def with_label(verdict: Verdict, name: str) -> Verdict:
    """The verdict as a human correction sets it."""
    return replace(verdict, label=name, rule="correction", repeats=None)
