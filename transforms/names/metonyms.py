"""Whether a capital or a palace is named as a place or for the government that sits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from transforms.words import APOSTROPHES, Words, word_set

WINDOW = 7  # words to either side in which a deciding noun is looked for
MOST_LISTED = 12  # names joined by "and" before which the word that tells of all is looked for


@dataclass(frozen=True)
class Rules:
    """Words around a name that tell a place from a government; general newspaper English."""

    locative: frozenset[str] = field(
        default=word_set(
            "in at near outside around through via into inside across downtown central north south "
            "east west northern southern eastern western visit visits visited visiting reach "
            "reached left leave leaves leaving toured tour entering outskirts city capital"
        )
    )
    motion: frozenset[str] = field(
        default=word_set(
            "flies swing took sending sends back steps landed landing moves arrive arrived arrives "
            "arriving came come comes coming drive drove embassy envoy fled flew flight flights "
            "flown fly flying go goes going gone head headed heading hurried invitation invite "
            "invited invites journey mission moved returned return returning returns road rushed "
            "sent ship shuttle summoned take taken tour trained trains train transferred travel "
            "travelled traveled travelling traveling travels trip trips visit visits visitor way "
            "went dispatched delegation ambassador miles kilometres kilometers km reported "
            "reporting reports report live broadcast wrote"
        )
    )
    spots: frozenset[str] = field(
        default=word_set(
            "congress signing ceremony garden rose summitry airport apartment area avenue based "
            "bureau cathedral cemetery centre center church circus conference court district "
            "embassy flat forum hall headquarters home hospital hotel hotels museum mayor meeting "
            "meetings metro news office offices outskirts park police press prison region "
            "residents restaurant river road round school session sessions square station street "
            "streets studio suburb suburbs summit summits talks theatre theater time university "
            "visit zoo accords agreement declaration treaty gathering"
        )
    )
    acting: frozenset[str] = field(
        default=word_set(
            "settled spoke speaks thought stays stayed continued continues retaliated walked broke "
            "cut freezes accepted accepts accused accuses acknowledged agreed agrees announced "
            "argued argues asked backed backs believed believes bitterly blamed blames called "
            "calls can cannot claims complained complains conceded condemned considers could "
            "criticised criticized declared decided decides demanded demands denied denies did "
            "does dropped enjoys entered expects expelled favoured favored fears feared felt froze "
            "fought gave gets had has have hailed hinted hoped hopes ignored insisted insists knew "
            "knows lifted made makes may might must needed needs objected objects offered offers "
            "opposed opposes ordered pledged postponed pressed promised proposed protested pushed "
            "ratified recognised recognized refused refuses regards rejected rejects remains "
            "replied resents responded rules said saw says sees sent should shows signalled "
            "signaled signals signed sought stopped suggested supported supports suspended "
            "threatened threatens thinks took tried tries urged urges vetoed voted vowed want "
            "wanted wants warned warns welcomed will withdrew won would"
        )
    )
    # What a government is the object of: "told Moscow", "against Moscow", "pressure on Moscow".
    objects: frozenset[str] = field(
        default=word_set(
            "promise promises promised offer offers offered bring brings brought given gave deny "
            "accuse accused accusing against allow allowed allowing angered ask asked asking "
            "assure assured backed binding blame blamed bound by commit commits consult consulted "
            "convince convinced embarrassed engage engaging force forced give gives giving grant "
            "granted help helped irked isolate isolating let notify persuade persuaded press "
            "pressed pressing pressure pressured reassure reassured remind reminded tell telling "
            "told toward towards urge urged urges urging warn warned warning warns with worried"
        )
    )
    dealings: frozenset[str] = field(
        default=word_set(
            "reward victory setback defeat success humiliation access accord agreement aid "
            "alliance alternative appeal appeals approval assurance assurances bill blow challenge "
            "commitment commitments complaint complaints concern concession concessions consent "
            "consultation cooperation credits criticism deal debt demand demands dialogue friendly "
            "gesture guarantee guarantees help hostile important influence invitation leverage "
            "line links loans loyal message messages note objection objections offer offers "
            "opposition partnership permission pressure promise promises proposals protest "
            "protests reaction relations relationship reply response sanctions sensitive signal "
            "signals statement support sympathy tensions threat threats ties unacceptable veto "
            "voice warning warnings word"
        )
    )
    policy: frozenset[str] = field(
        default=word_set(
            "soldiers foot acceptance action actions aim aims ally allies ambassador ambitions "
            "anger approach approval arguments army arsenal attempt attempts attitude backing "
            "behalf bid campaign claim claims commitment complaints concern concerns concession "
            "conditions consent cooperation course criticism deal debt debts decision decisions "
            "demand demands dependence deterrent dignity diplomacy diplomats displeasure doubts "
            "efforts envoy envoys fear fears foes forces foreign friends goal goals hand help "
            "hopes influence insistence intention intentions interest interests invitation "
            "involvement isolation leaders leadership line man membership message might military "
            "minister ministers missiles mood motives negotiators nuclear objection objections "
            "objective offer offers official officials opinion opposition participation partners "
            "peacekeepers permission plan plans pledge policies policy position positions power "
            "prestige pride proposal proposals protest protests reaction readiness refusal "
            "rejection relations relationship reluctance representative representatives request "
            "response role sake satellites security share signature special spokesman stance "
            "status strategy support suspicion suspicions suspicious ties tone troops "
            "understanding unease use veto view views voice vote wars weight willingness wish "
            "wishes word worries"
        )
    )
    parts: frozenset[str] = field(
        default=word_set(
            "center centre city east front gates grounds halls mayor north outskirts south steps "
            "streets suburb suburbs walls west"
        )
    )
    strikes: frozenset[str] = field(
        default=word_set("assault attack attacks bomb bombing bombs fall march raid raids strikes")
    )
    staff: frozenset[str] = field(
        default=word_set(
            "adviser advisers advisor aide aides chief correspondent insiders leader leaders "
            "official officials press source sources spokesman spokeswoman staff strategist "
            "strategists team"
        )
    )
    minded: frozenset[str] = field(
        default=word_set(
            "adamant angered angry anxious bound committed concerned considering content "
            "determined disappointed eager entitled furious happy hoping interested keen looking "
            "opposed prepared planning pleased preparing pushing ready refusing reluctant "
            "satisfied seeking trying unable unhappy unwilling wary willing worried"
        )
    )
    adverbs: frozenset[str] = field(
        default=word_set(
            "again also already always apparently bitterly clearly consistently even eventually "
            "finally firmly first fully grudgingly had has have initially itself later long never "
            "no not now often once only openly quickly quietly rarely reluctantly repeatedly "
            "simply since soon still strongly suddenly then today too yesterday"
        )
    )

    @cached_property
    def moving(self) -> frozenset[str]:
        """Verbs of acting and the adverbs before them."""
        return self.acting | self.adverbs

    @cached_property
    def idle(self) -> frozenset[str]:
        """Adverbs that are no verb of acting too."""
        return self.adverbs - self.acting


RULES = Rules()


def tell(
    words: Words,
    first: int,
    last: int,
    paired: Mapping[int, int],
    is_palace: bool = False,
    rules: Rules = RULES,
) -> str | None:
    """`place`, `government`, or None where the sentence does not tell.

    `paired` maps the last word of each such name to its first, so that "in Moscow and
    Washington" and "Moscow and Washington agreed" tell both. A palace's officials act for
    the government; a city's officials may be the city's.
    """
    return (
        _dateline(words, first, last)
        or _possessive(words, last, rules)
        or _before(words, first, rules, paired)
        or _after(words, last, rules, is_palace)
    )


def _dateline(words: Words, first: int, last: int) -> str | None:
    if first:
        return None
    gap = words.text[words.ends[last] : words.ends[last] + 4].lstrip()
    is_upper = words.text[words.starts[first] : words.ends[last]].isupper()
    if gap.startswith(("--", "\u2014", "\u2013", "(", "- ")) or (is_upper and gap.startswith(",")):
        return "place"
    return None


def _possessive(words: Words, last: int, rules: Rules) -> str | None:
    if words.gap(last) not in APOSTROPHES or last + 1 >= len(words) or words.keys[last + 1] != "s":
        return None
    for index in range(last + 2, min(len(words), last + 2 + WINDOW)):
        if words.keys[index] in rules.spots:
            return "place"
        if words.keys[index] in rules.policy:
            return "government"
        if words.gap(index) not in (" ", "-", "\u00a0"):
            return None
    return None


def _before(words: Words, first: int, rules: Rules, paired: Mapping[int, int]) -> str | None:
    for _ in range(MOST_LISTED):
        if first == 0:
            return None
        key, gap = words.keys[first - 1], words.before(first)
        if gap == ", ":
            if first - 1 not in paired:
                return "place" if key in ("capital", "city", "town", "resort") else None
            first, paired = paired[first - 1], {}
        elif gap not in (" ", "\u00a0", "\n"):
            return None
        elif key == "the":
            first, paired = first - 1, {}
        elif key == "and" and first > 1 and first - 2 in paired:
            first = paired[first - 2]
        elif key in rules.locative:
            return "place"
        elif key in ("to", "from", "for", "on", "between", "of"):
            return _by_preposition(words, first, key, rules)
        else:
            return "government" if key in rules.objects else None
    return None


def _by_preposition(words: Words, first: int, key: str, rules: Rules) -> str | None:
    nearby = [words.keys[i] for i in range(first - 2, max(-1, first - 2 - WINDOW), -1)]
    follower = words.keys[first + 1 : first + 2]
    if key == "between" or (key == "for" and follower == ("to",)):
        return "government"
    for word in nearby:
        if key in ("to", "from", "for") and word in rules.motion:
            return "place"
        if key != "of" and word in rules.dealings:
            return "government"
        if key == "of" and word in rules.parts:
            return "place"
        if key == "on" and word in rules.strikes:
            return "place"
        if word in ("said", "that"):
            break
    return None


def _after(words: Words, last: int, rules: Rules, is_palace: bool) -> str | None:
    index = last + 1
    if index >= len(words):
        return None
    gap = words.gap(last)
    if gap == ", ":
        return _after_comma(words, index, rules)
    if gap in ("-",) and words.keys[index] in ("based", "born"):
        return "place"
    if gap not in (" ", "\u00a0", "\n"):
        return None
    if words.keys[index] == "and" and index + 2 < len(words) and words.is_capital(index + 1):
        index += 2
    if is_palace and words.keys[index] in rules.staff:
        return "government"
    if words.keys[index] in rules.spots or _is_hall(words, index, rules):
        return "place"
    while index + 1 < len(words) and words.keys[index] in rules.idle:
        index += 1
    if words.keys[index] in ("was", "is", "were", "are", "be") and index + 1 < len(words):
        index += 1 + (words.keys[index + 1] in rules.adverbs)
        return "government" if words.keys[min(index, len(words) - 1)] in rules.minded else None
    return "government" if words.keys[index] in rules.acting else None


def _is_hall(words: Words, index: int, rules: Rules) -> bool:
    """Whether the second word behind the name makes it a spot: "Madrid congress hall"."""
    is_free = words.keys[index] not in rules.moving
    return is_free and words.joins(index) and words.keys[index + 1] in ("hall", "hotel", "airport")


def _after_comma(words: Words, index: int, rules: Rules) -> str | None:
    """ ", which had fought hard", ", facing a crunch, wanted": said of one who acts."""
    key = words.keys[index]
    if key == "which" and index + 1 < len(words):
        return "government" if words.keys[index + 1] in rules.moving else None
    if key in (
        "eager",
        "angry",
        "anxious",
        "keen",
        "wary",
        "facing",
        "fearing",
        "seeking",
        "hoping",
    ):
        return "government"
    return None
