"""What is furniture for certain, and the stretch of the page that is the story by its prose."""

from __future__ import annotations

from collections.abc import Sequence

from transforms import printed
from transforms.furniture.candidates import Candidate, FurnitureRules, Verdict


def certain(c: Candidate, rules: FurnitureRules) -> Verdict | None:
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


def stretch_of(
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
        if is_prose(c, v, rules)
    ]
    if sum(len(c.words) for c in prose) < rules.min_story_words:
        return None
    return best


def _weight(c: Candidate, verdict: Verdict | None, rules: FurnitureRules) -> int:
    if verdict is not None:
        return rules.furniture_weight
    if is_prose(c, verdict, rules):
        return min(len(c.words), rules.max_prose_weight)
    if c.is_closed and len(c.words) >= rules.min_short_sentence_words:
        return len(c.words)
    return rules.other_weight


def is_prose(c: Candidate, verdict: Verdict | None, rules: FurnitureRules) -> bool:
    if verdict is not None or len(c.words) < rules.min_prose_words:
        return False
    reads_on = c.is_closed or (c.is_prose_to_boilerpipe and len(c.words) > 25)
    return reads_on and not c.is_credit
