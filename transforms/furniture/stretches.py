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
    text = c.block.text
    if not any(map(str.isalpha, text)) and not c.is_date_line:
        return "no_letters"
    if printed.is_site_stamp(text):
        return "site_stamp"
    if printed.is_field(text) and not c.is_date_line:
        return "field"
    if printed.is_control(text):
        return "page_control"
    if printed.is_script_cue(text):
        return "script_cue"
    if c.story_count >= rules.min_stories_short and _recurs(c, rules):
        return "recurs_on_site"
    if c.copies > 1 and c.word_count <= rules.max_crosshead_words:
        return "recurs_on_page"
    if c.block.link_share > rules.max_link_share and c.block.heading_level == 0:
        return "links"
    return None


def _recurs(c: Candidate, rules: FurnitureRules) -> bool:
    if c.is_closed and c.word_count >= rules.min_prose_words:
        return c.story_count >= rules.min_stories_prose and c.site_share >= rules.min_share_prose
    # Others may print the same bylines, dates and credits.
    return not (c.is_byline or c.is_date_line or c.is_credit)


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
    inside = slice(best[0], best[1] + 1)
    prose = sum(
        c.word_count
        for c, v in zip(candidates[inside], verdicts[inside], strict=True)
        if v is None and is_prose(c, rules)
    )
    if prose >= rules.min_story_words:
        return best
    # A brief is a story where hardly anything else stands on its page.
    others = sum(c.word_count for c, v in zip(candidates, verdicts, strict=True) if v is None)
    is_brief = prose >= rules.min_brief_words and prose >= rules.min_brief_share * others
    return best if is_brief else None


def _weight(c: Candidate, verdict: Verdict | None, rules: FurnitureRules) -> int:
    if verdict is not None:
        return rules.furniture_weight
    if is_prose(c, rules):
        return min(c.word_count, rules.max_prose_weight)
    if c.is_closed and c.word_count >= rules.min_short_sentence_words:
        return c.word_count
    return rules.other_weight


def is_prose(c: Candidate, rules: FurnitureRules) -> bool:
    """Whether the block reads as a paragraph of a story, not as a credit."""
    if c.word_count < rules.min_prose_words:
        return False
    reads_on = c.is_closed or (c.word_count > 25 and c.is_prose_to_boilerpipe)
    return reads_on and not c.is_credit
