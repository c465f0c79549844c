"""Quotations of a story: quoted words with who said them, where the text tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from transforms.articles import Passage
from transforms.quotations import cues, marks, speakers
from transforms.quotations.cues import Cue
from transforms.quotations.marks import Run
from transforms.quotations.paragraphs import Paragraph, Speaker, Told, is_person
from transforms.tables import Mention, Quotation
from transforms.text import ends_as_sentence
from transforms.words import word_set

REACH = 1000  # characters of a sentence in which the cue of quoted words is looked for
BESIDE = 60  # characters that hold the words right beside a mark
LONE_WORDS = 5  # shorter words in marks without any cue are scare quotes or bywords
WORKS_WORDS = 2  # from here words all with a capital are a title of a work, not speech
SMALL_WORDS = word_set("a an and as at by de for from in la of on or the to und with")
NOBODY = Speaker(None, None, "unresolved:no_cue")
# The whole rest of a paragraph that starts with quoted words: "..." -- Ann Berg, harbour master
SIGNED = re.compile(r"\s*(?:--|[–—])\s*([A-Z][^.;:?!\"]{2,80})$")
ADDRESS = re.compile(r"(?:[,?!…—-]|\.\.\.)['’”]?$")


@dataclass(frozen=True, slots=True)
class _Draft:
    """One run on its way to a quotation: its sentence and the cue in it."""

    paragraph: int
    run: Run
    sentence: tuple[int, int]
    cue: Cue | None
    is_whole: bool
    is_direct: bool


def find(
    article_id: str,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    holder: Callable[[str], str | None] = lambda phrase: None,
    genders: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Quotation, ...]:
    """The quotations of an article in order, none overlapping; scare quotes are none.

    `mentions` are those of the article; spans are in its text, the marks outside them.
    `holder` tells the entity of an office described without a name ("the French president"),
    `genders` whether an entity is "female" or "male" where that is known.
    """
    paragraphs = tuple(_paragraphs(passages, mentions))
    if not any(paragraph.runs for paragraph in paragraphs):
        return ()
    drafts = [d for n in range(len(paragraphs)) for d in _drafts(paragraphs, n)]
    named = {mention.entity_id for mention in mentions}
    return tuple(
        _quotation(
            article_id, paragraphs[draft.paragraph], number, draft, cue,
            _by_holder(speaker, holder, named),
        )
        for number, draft, cue, speaker in _attributed(
            paragraphs, _joined(paragraphs, drafts), genders
        )
    )  # fmt: skip


def _by_holder(
    speaker: Speaker, holder: Callable[[str], str | None], named: set[str | None]
) -> Speaker:
    """The speaker, told by the office where the one who held it is named in the article."""
    if speaker.method != "unresolved:not_a_name" or speaker.surface is None:
        return speaker
    entity_id = holder(speaker.surface)
    if entity_id is None or entity_id not in named:
        return speaker
    return Speaker(entity_id, speaker.surface, "office_date")


def _paragraphs(passages: Sequence[Passage], mentions: Sequence[Mention]) -> Iterator[Paragraph]:
    by_block: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_block.setdefault(mention.block_index, []).append(mention)
    for passage in passages:
        if passage.text_start is None:
            continue
        found = marks.runs(passage.text)
        mask = marks.masked(passage.text, found)
        inside = sorted(by_block.get(passage.block_index, ()), key=lambda m: m.block_start)
        yield Paragraph(passage.text, mask, passage.text_start, found, tuple(inside))


def _drafts(paragraphs: Sequence[Paragraph], number: int) -> Iterator[_Draft]:
    paragraph = paragraphs[number]
    for run in paragraph.runs:
        start, end = paragraph.sentences[paragraph.sentence_at(run.outer_start)]
        cue = _cue(paragraph, run, start, end)
        if cue is None and run.outer_start == 0 and number:
            cue = _announced(paragraphs[number - 1])
        words = run.text(paragraph.text)
        lead = paragraph.mask[start : run.outer_start].strip()
        is_whole = not lead and not paragraph.mask[run.outer_end : end].strip(" .")
        opens = words[0].isupper() or words[0].isdigit() or words.startswith(("...", "…", "'", "‘"))
        is_led = cue is not None and (cue.is_adjacent or lead.endswith(":"))
        is_direct = opens and (not lead or is_led)
        draft = _Draft(number, run, (start, end), cue, is_whole, is_direct)
        if _is_quotation(paragraph, draft):
            yield draft


def _cue(paragraph: Paragraph, run: Run, start: int, end: int) -> Cue | None:
    """The cue of a run in its sentence: the one beside it before the one further off."""
    mask = paragraph.mask
    start, end = max(start, run.outer_start - REACH), min(end, run.outer_end + REACH)
    is_open = bool(ADDRESS.search(run.text(paragraph.text)))
    behind = cues.after(mask, run.outer_end, end, is_open)
    ahead = cues.before(mask, start, run.outer_start)
    if ahead is not None and (ahead.is_adjacent or behind is None or not behind.is_adjacent):
        return ahead
    signed = SIGNED.match(mask, run.outer_end)
    if behind is None and signed and not run.outer_start:
        at = signed.start(1)
        return Cue("", at, at, at, signed.end(1), "verb_first", True)
    if behind is None and mask[start : run.outer_start].rstrip().endswith(":"):
        # "Smith was blunter: ...": the colon says what a verb of saying would.
        return Cue("", run.outer_start, run.outer_start, start, run.outer_start, "participle", True)
    return behind or ahead


def _announced(paragraph: Paragraph) -> Cue | None:
    """The cue of a paragraph that ends with a colon, for the quoted paragraph after it."""
    if not paragraph.text.endswith(":"):
        return None
    start, end = paragraph.sentences[-1]
    # "Smith had the last word:" announces speech without any verb of saying.
    cue = cues.before(paragraph.mask, start, end) or Cue("", end, end, start, end, "", True)
    return replace(cue, order="paragraph_before")


def _is_quotation(paragraph: Paragraph, draft: _Draft) -> bool:
    """Whether the quoted words are somebody's, and no title, name, nickname or scare quote."""
    words = draft.run.text(paragraph.text)
    count = len(words.split())
    is_beside = draft.cue is not None and draft.cue.is_adjacent
    if is_beside and draft.cue is not None and draft.cue.verb not in cues.RULES.naming:
        return True
    if paragraph.is_name(draft.run) or (_is_title(words) and not draft.is_whole):
        return False
    if cues.is_byword(paragraph.mask, draft.run.outer_start) or _is_nickname(paragraph, draft.run):
        return False
    return draft.cue is not None or count >= LONE_WORDS or (draft.is_whole and count > 1)


def _is_title(words: str) -> bool:
    """Whether every word but the small ones has a capital, and no stop ends them."""
    parts = [w for w in re.findall(r"[^\W\d_]+", words) if w.lower() not in SMALL_WORDS]
    is_capital = bool(parts) and all(w[0].isupper() for w in parts)
    return is_capital and len(words.split()) >= WORKS_WORDS and not ends_as_sentence(words)


def _is_nickname(paragraph: Paragraph, run: Run) -> bool:
    before = paragraph.text[max(0, run.outer_start - BESIDE) : run.outer_start].split()
    after = paragraph.text[run.outer_end : run.outer_end + BESIDE].split()
    is_between = bool(before) and bool(after) and before[-1][0].isupper() and after[0][0].isupper()
    return is_between and len(run.text(paragraph.text).split()) <= 2 and before[-1].isalpha()


def _joined(paragraphs: Sequence[Paragraph], drafts: Sequence[_Draft]) -> list[list[_Draft]]:
    """The drafts by utterance: split by a cue, gone on with behind it, or over paragraphs."""
    utterances: list[list[_Draft]] = []
    for draft in drafts:
        if utterances and _is_same(paragraphs, utterances[-1][-1], draft):
            first = utterances[-1][0]
            is_split = draft.cue is None or _is_one_cue(first, draft)
            is_direct = draft.is_direct or (first.is_direct and is_split)
            utterances[-1].append(replace(draft, is_direct=is_direct))
        else:
            utterances.append([draft])
    return utterances


def _is_one_cue(one: _Draft, other: _Draft) -> bool:
    if one.cue is None or other.cue is None:
        return False
    return (one.paragraph, one.cue.start) == (other.paragraph, other.cue.start)


def _is_same(paragraphs: Sequence[Paragraph], last: _Draft, draft: _Draft) -> bool:
    """Whether the draft goes on with the utterance of the last one."""
    if last.paragraph == draft.paragraph:
        if _is_one_cue(last, draft):
            return last.is_direct  # two partial quotes after one verb are two
        is_next = paragraphs[draft.paragraph].are_neighbours(last.sentence, draft.sentence)
        return draft.is_whole and draft.cue is None and last.is_direct and is_next
    if draft.paragraph != last.paragraph + 1 or draft.run.outer_start != 0:
        return False
    end = len(paragraphs[last.paragraph].text)
    if not last.run.is_closed and last.run.end >= end - 1:
        return True
    is_last = last.sentence[1] >= end - 1 and not (last.cue is not None and last.cue.is_signature)
    return draft.is_whole and draft.cue is None and last.is_direct and is_last


def _attributed(
    paragraphs: Sequence[Paragraph],
    utterances: Sequence[Sequence[_Draft]],
    genders: Mapping[str, str],
) -> Iterator[tuple[int, _Draft, Cue | None, Speaker]]:
    """Every draft with its utterance's number, cue and speaker."""
    told: list[Told] = []
    people = {m.entity_id for p in paragraphs for m in p.mentions if is_person(m)}
    for number, drafts in enumerate(utterances):
        cued = next((d for d in drafts if d.cue is not None), None)
        cue = cued.cue if cued is not None else None
        speaker = NOBODY
        if cued is not None and cue is not None:
            place = cued.paragraph - (cue.order == "paragraph_before")
            cue = replace(cue, order="subject_first") if place != cued.paragraph else cue
            speaker = speakers.tell(paragraphs, place, cue, told, genders)
            if speaker.entity_id is not None and speaker.entity_id in people:
                told.append(Told(place, cue.start, speaker.entity_id, speaker.surface))
        elif drafts[0].is_whole and drafts[0].is_direct:
            before = speakers.of_sentence_before(
                paragraphs[drafts[0].paragraph], drafts[0].run.outer_start
            )
            speaker = before or NOBODY
        for draft in drafts:
            yield number, draft, cue, speaker


def _quotation(
    article_id: str,
    paragraph: Paragraph,
    utterance: int,
    draft: _Draft,
    cue: Cue | None,
    speaker: Speaker,
) -> Quotation:
    return Quotation(
        article_id=article_id,
        char_start=paragraph.text_start + draft.run.start,
        char_end=paragraph.text_start + draft.run.end,
        text=draft.run.text(paragraph.text),
        utterance_index=utterance,
        quotation_type="direct" if draft.is_direct else "partial",
        speaker_entity_id=speaker.entity_id,
        speaker_surface=speaker.surface,
        cue=(cue.verb or None) if cue is not None else None,
        method=speaker.method,
    )
