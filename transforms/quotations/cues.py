"""Cues of quoted words: the verb of saying that goes with them, and where its subject stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from transforms.words import ABBREVIATIONS, word_set

PHRASES = (
    "|put it|went on|goes on|pointed out|points out|summed up|shot back|fired back|hit back"
    "|chimed in|cut in|broke in|put in|threw in"
)
# Behind these the verb is passive: "Solana said when asked".
PASSIVE_BEFORE = re.compile(r"\b(?:when|if|once|unless|though|is|are|was|were|be|been|being)\s+$")


@dataclass(frozen=True)
class Rules:
    """Verbs and words by which newspapers attribute quoted words; general newspaper English."""

    speech: frozenset[str] = word_set(
        "acknowledged acknowledges added adds admits admitted admonished advised affirmed agreed "
        "announced announces answered argued argues asked asks asserted asserts assured began "
        "boasted cautioned cautions charged claimed commented complained complains conceded "
        "concedes concluded concludes confessed confided confirmed contended contends continued "
        "countered cried declared declares declaring denied emphasised emphasized emphasizing "
        "exclaimed explained explains hinted insisted insists insisting interjected joked lamented "
        "maintained maintains mused noted noting objected observed observes offered opined pleaded "
        "pledged predicted predicts proclaimed promised promising protested quipped reassured "
        "recalled recalls reasoned reiterated reiterating remarked repeated replied replies "
        "reported responded responds retorted said say saying says shouted shrugged sighed snapped "
        "speculated stated stating stressed stresses stressing suggested suggests summed swore "
        "telling tells testified thundered told urged urging vowed vowing warned warning warns "
        "whispered wondered wrote writes adding answering arguing asking asserting"
    )
    # Verbs that take quoted words into the sentence: "called it a "gift"".
    judging: frozenset[str] = word_set(
        "accepted accused agreed appealed applauded assailed attacked backed berated blamed "
        "blasted branded branding called calling celebrated cited compared condemned condemning "
        "considered criticised criticized decried demanded demanding demands denounced denouncing "
        "deplored derided describe described describes describing dismissed dismissing dubbed "
        "endorsed expressed favoured feared hailed hailing invoked labelled labeled lauded likened "
        "mocked mocking pictured portrayed praised praising pronounced proposed quoted recommended "
        "referred refused regretted rejected rejecting ridiculed saluted scorned sought spoke "
        "speaking spoken talked talking termed terming thanked toasted voiced welcomed welcoming"
    )
    # Verbs of thinking attribute words behind them: "He believes that it "opens a way"".
    thinking: frozenset[str] = word_set(
        "believed believes expected expects feared fears feels felt figures found finds hoped "
        "hopes imagined judged knew knows saw sees suspected suspects thinks thought understood"
    )
    participles: frozenset[str] = word_set(
        "adding answering arguing asking asserting branding calling condemning declaring demanding "
        "denouncing describing dismissing emphasizing hailing insisting mocking noting praising "
        "promising rejecting reiterating saying speaking stating stressing talking telling terming "
        "urging vowing warning welcoming"
    )
    # Words that show a name, a nickname or a byword, right before the mark.
    naming: frozenset[str] = word_set(
        "called codenamed dubbed entitled known named nicknamed termed titled"
    )
    byword: re.Pattern[str] = re.compile(
        r"(?:\bso-called|\b(?:known|referred to|nicknamed|codenamed|code-named|entitled|titled|"
        r"named|dubbed|billed)(?: \w+)? as(?: the| a| an)?|\b(?:nicknamed|codenamed|code-named|"
        r"entitled|titled|named)(?: the)?|\b(?:the|a|its|his) (?:word|term|phrase|slogan|book|film|"
        r"movie|song|novel|play|magazine|newspaper|series|album|programme|program|exercise|"
        r"operation))\W*$",
        re.IGNORECASE,
    )
    passive: re.Pattern[str] = re.compile(
        r"\b(?:is|are|was|were|be|been|being|widely|often|usually|sometimes)\s+(?:\w+ly\s+)?$"
    )

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """Any verb of saying or judging, as a whole word printed small."""
        return re.compile(
            r"\b(?:"
            + "|".join(sorted(self.speech | self.judging | self.thinking))
            + PHRASES
            + r")\b"
        )

    @cached_property
    def said(self) -> re.Pattern[str]:
        """Any verb of saying, as a whole word printed small."""
        return re.compile(r"\b(?:" + "|".join(sorted(self.speech)) + PHRASES + r")\b")


RULES = Rules()
ACCORDING = re.compile(r"\baccording to\s+", re.IGNORECASE)
LEAD_IN = re.compile(r"[\s,–—-]*(?:(?:was|is) how |as )?")
INVERTED = re.compile(r"(?:(?:also|later|then|once|\w+ly)\s+)?")
# The subject of a clause set into the sentence: "The plan, said Mr Smith, was ..."
INSET = re.compile(r"\s+([A-Z][^,\"]{1,60}|the [^,\"]{2,60}),")
CLAUSE_END = re.compile(r"[.;:!?\"(]|\s--\s|\s[–—]\s")
# Before a full stop that ends no clause: "Mr. Robertson", "George W. Bush".
ABBREVIATED = re.compile(r"(?:^|[\W_])(?:[A-Z]|(?i:" + "|".join(sorted(ABBREVIATIONS)) + r"))$")
LONGEST_ABBREVIATION = 6
# Quoted words that end with a comma go on with their cue whatever its verb: "..., grumbled Ann",
# "..., the captain mused".
FORMED = r"(?:\w+ly\s+)?([a-z]{2,}(?:ed|s))"
FORMED_FIRST = re.compile(
    FORMED + r"\s+(?=(?:the|a|an|one|his|her|their|another|little|old|young)\s|[A-Z])"
)
FORMED_LAST = re.compile(
    r"(?:he|she|they|we|[Tt]he(?:\s[a-z-]+){1,3}|(?:[A-Z][\w’'-]*\.?\s?){1,6})\s+"
    + FORMED
    + r"(?=\s*[.,;:!?]|\s+[a-z]|\s*$)"
)
NO_VERBS = word_set("as has his is its needs red ships this was yes")
SUBJECT_OPENERS = word_set(
    "a al an another ben both da de del den der di el van von he her his it its many one several "
    "she some that the their these they this"
)
SUBJECT_WORDS = 16  # the longest subject met with its titles and appositions has 14 words
# A subject that goes on past these is followed by circumstance.
SUBJECT_STOP = re.compile(
    r"[,;:.!?()\"]|\s--|\s[–—]|\s(?:in|at|on|after|during|as|when|while|who|through|from|before|"
    r"about|following|upon|over|with|last|this|later|yesterday|today|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|told|to|by|since|because)\b",
    re.IGNORECASE,
)
TALKED_ABOUT = re.compile(r"\b(?:quot(?:ed|ing|es)|cited|citing|reported)\s+(.+?)\s+as\s+$")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying in a paragraph, and the span in which its subject stands."""

    verb: str
    start: int
    end: int
    subject_start: int
    subject_end: int
    order: str  # verb_first | subject_first | participle | object | agent
    is_adjacent: bool

    @property
    def is_signature(self) -> bool:
        """Whether the quoted words are signed, with no verb at all."""
        return not self.verb and self.order == "verb_first"


def after(mask: str, start: int, end: int, is_open: bool, rules: Rules = RULES) -> Cue | None:
    """The cue between the end of a run and the end of its sentence, or None.

    `is_open` tells that the run ends as speech does that goes on with its cue: with a comma,
    a question or exclamation mark, or with a comma after the mark.
    """
    lead = LEAD_IN.match(mask, start, end)
    at = lead.end() if lead else start
    clause_end = stop_of(CLAUSE_END, mask, at, end)
    is_open = is_open or "," in mask[start:at]
    according = ACCORDING.match(mask, at)
    if according:
        return _following(mask, according.start(), according.end(), end, is_open)
    verb = rules.said.match(mask, _skip(INVERTED, mask, at, rules))
    if verb and verb.end() <= clause_end and mask[verb.end() : clause_end].strip(' ,"'):
        return _following(mask, verb.start(), verb.end(), end, True)
    formed = FORMED_FIRST.match(mask, at, clause_end) if is_open else None
    if formed and formed.group(1) not in NO_VERBS:
        return _following(mask, formed.start(1), formed.end(1), end, True)
    verb = _said(mask, at, clause_end, rules)
    if verb is None:
        return _formed_last(mask, at, clause_end) if is_open else None
    subject = mask[at : verb.start()]
    if is_open and len(subject.split()) <= SUBJECT_WORDS and _starts_subject(subject):
        return Cue(verb.group(), *verb.span(), at, verb.start(), "subject_first", True)
    comma = mask.rfind(",", at, verb.start())
    if comma >= 0 and len(mask[comma : verb.start()].split()) <= SUBJECT_WORDS // 2:
        return Cue(verb.group(), *verb.span(), comma + 1, verb.start(), "subject_first", False)
    return None


def stop_of(stops: re.Pattern[str], mask: str, start: int, end: int) -> int:
    """Where the first stop stands that is not the full stop of an abbreviation; else the end."""
    for match in stops.finditer(mask, start, end):
        at = match.start()
        is_full = match.group() == "."
        if not (is_full and ABBREVIATED.search(mask[max(0, at - LONGEST_ABBREVIATION) : at])):
            return at
    return end


def _formed_last(mask: str, at: int, end: int) -> Cue | None:
    """The cue whose verb is known by its form and place alone: "..., the captain grumbled"."""
    formed = FORMED_LAST.match(mask, at, end)
    if formed is None or formed.group(1) in NO_VERBS:
        return None
    return Cue(formed.group(1), *formed.span(1), at, formed.start(1), "subject_first", True)


def _said(mask: str, at: int, end: int, rules: Rules) -> re.Match[str] | None:
    """The first verb of saying, but no relative clause's where another follows."""
    first = rules.said.search(mask, at, end)
    if first is None or not mask[at : first.start()].endswith(" who "):
        return first
    return rules.said.search(mask, first.end(), end) or first


def before(mask: str, start: int, end: int, rules: Rules = RULES) -> Cue | None:
    """The last cue between the start of a sentence and a run in it, or None."""
    according = ACCORDING.search(mask, start, end)
    found = None
    for verb in rules.verb.finditer(mask, start, end):
        # What somebody is said to think was said by who says so.
        is_second = found is not None and verb.group() in rules.thinking
        if not is_second and _is_cue(mask, verb, start, end, rules):
            found = verb
    if found is None:
        if according is None:
            return None
        return _following(mask, according.start(), according.end(), end, False)
    is_adjacent = not mask[found.end() : end].strip(" ,:—–-")
    agent = re.match(r"\s+by\s+", mask[found.end() : end])
    if agent:
        at = found.end() + agent.end()
        return Cue(found.group(), *found.span(), at, end, "agent", is_adjacent)
    talked = TALKED_ABOUT.search(mask[start : found.start()])
    if talked:
        return Cue(
            found.group(), *found.span(), start + talked.start(1), start + talked.end(1), "object",
            is_adjacent,
        )  # fmt: skip
    inset = INSET.match(mask, found.end(), end)
    if inset and mask[start : found.start()].rstrip().endswith(","):
        return Cue(found.group(), *found.span(), *inset.span(1), "verb_first", is_adjacent)
    order = "participle" if found.group() in rules.participles else "subject_first"
    return Cue(found.group(), *found.span(), start, found.start(), order, is_adjacent)


def is_byword(mask: str, start: int, rules: Rules = RULES) -> bool:
    """Whether the words before a run say that a name or a byword follows."""
    return bool(rules.byword.search(mask[max(0, start - 40) : start]))


def _following(mask: str, start: int, verb_end: int, end: int, is_adjacent: bool) -> Cue:
    at = verb_end + len(mask[verb_end:end]) - len(mask[verb_end:end].lstrip())
    verb = mask[start:verb_end].strip()
    return Cue(verb, start, start + len(verb), at, end, "verb_first", is_adjacent)


def _skip(pattern: re.Pattern[str], mask: str, at: int, rules: Rules) -> int:
    """Past an adverb, unless the adverb is no more than the verb's own beginning."""
    match = pattern.match(mask, at)
    if match and match.end() > at and rules.said.match(mask, match.end()):
        return match.end()
    return at


def _starts_subject(subject: str) -> bool:
    word = subject.split(" ", 1)[0]
    return bool(word) and (word[0].isupper() or word.rstrip(",") in SUBJECT_OPENERS)


def _is_cue(mask: str, verb: re.Match[str], start: int, end: int, rules: Rules) -> bool:
    """Whether the verb can attribute the words that follow it in its sentence."""
    tail = mask[verb.end() : end]
    if ";" in tail.rstrip(' ;"') or mask[verb.end() : verb.end() + 1] == "-":
        return False
    if verb.group() in ("asked", "told", "urged", "assured", "advised", "warned"):
        is_passive = bool(PASSIVE_BEFORE.search(mask[start : verb.start()]))
        return not is_passive or tail.startswith(" by ")
    if verb.group() in rules.thinking:
        return not rules.passive.search(mask[start : verb.start()])
    if verb.group() in rules.judging - rules.speech or verb.group() in ("reported", "charged"):
        is_passive = bool(rules.passive.search(mask[start : verb.start()]))
        return not is_passive or " by " in tail
    return True
