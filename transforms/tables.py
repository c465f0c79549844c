"""Every table of a release, each column declared once: name, type, meaning, unit, constraint.

The Arrow schemas, the expectation suites, the DuckDB comments and the data dictionary are
derived from these records. Spans are half-open character offsets.
"""

from __future__ import annotations

import datetime as dt

from transforms.schema import Table, column, record, table_of

LABELS = (
    "title",
    "byline",
    "dateline",
    "body",
    "crosshead",
    "caption",
    "pull_quote",
    "credit",
    "comment",
    "furniture",
)
ENTITY_TYPES = ("person", "organisation", "place", "treaty", "programme")
RELATIONS = ("identical", "reprint", "contained", "page", "same_event", "different")
PRECISIONS = ("second", "minute", "hour", "day", "month", "year", "bracket")
SPAN_FIELDS = ("text", "block", "capture", "url")
ENTITY_CHANGES = ("listed", "unlisted", "merged", "retired")
DOCUMENT_TYPES = (
    "statement",
    "transcript",
    "speech",
    "fact_sheet",
    "chronology",
    "encyclopedia",
    "index",
    "list",
)
REPORT_KINDS = ("report", "preview", "analysis")
REPORT_ROLES = ("representative", "report", "reprint", "page", "document")
EVENT_CHANGES = ("added", "kept", "merged", "split", "retired")
SEVERITIES = ("critical", "warning")
PROTECTED = ("row", "article", "release")

REJECTION_REASONS = (
    "unreadable",
    "empty",
    "too_large",
    "not_text",
    "undecodable",
    "unparseable",
    "too_many_blocks",
    "too_costly",
    "no_story",
    "too_short",
)


@record("captures", key=("capture_id",))
class Capture:
    """One distinct capture: its bytes, its site and its address together are new."""

    capture_id: str = column("Id from the content: sha256 of the bytes, the site and the address.")
    source_uri: str = column(
        "Path in the source, with / between its parts, or the address of the page."
    )
    site_id: str = column("Site: as given, else the address's host, else the folder's name.")
    url: str | None = column("Address of the page, where known.")
    captured_at: dt.datetime | None = column(
        "When the page was collected, where known; of a web archive's copy when it was taken.",
        unit="UTC",
    )
    media_type: str | None = column("text/html or text/plain; null where it could not be told.")
    charset: str | None = column("Character encoding the bytes were decoded with.")
    byte_count: int = column("Size of the capture.", unit="bytes", minimum=0)
    sha256: str | None = column("SHA-256 of the bytes, hex; null where they could not be read.")
    file_count: int = column("Files of the sources that hold this very capture.", minimum=1)
    outcome: str = column("How the capture ended.", values=("article", "rejected"))
    is_mended: bool = column(
        "Whether its text had been encoded twice, and was read twice.", default=False
    )
    damaged_count: int = column(
        "Characters that could not be read or were lost before: U+FFFD in the text.",
        minimum=0,
        default=0,
    )
    licence: str | None = column(
        "Licence the capture may be passed on under, as given; null: none was given.", default=None
    )
    is_invented: bool = column(
        "Whether the page was made up: what it quotes was never said, and it is not to be cited.",
        default=False,
    )
    member: str | None = column(
        "Place in the file, where that holds several: path in a zip or tar, address of a WARC "
        "record, number of a row; null: the file is the capture.",
        default=None,
    )


@record("rejections", key=("capture_id",))
class Rejection:
    """One capture that yields no article, and why."""

    capture_id: str = column("The capture.", references="captures.capture_id")
    stage: str = column(
        "Stage that ended it; expectations: its rows broke a rule, and it is in quarantine.",
        values=(
            "captures",
            "blocks",
            "furniture",
            "articles",
            "names",
            "dates",
            "quotations",
            "expectations",
        ),
    )
    reason: str = column(
        f"Reason in one word: {', '.join(REJECTION_REASONS)}; in quarantine the rule it broke."
    )
    detail: str = column("The reason in words, with the figures behind it.")


@record("blocks", key=("capture_id", "block_index"))
class Block:
    """One block of a capture with its verdict."""

    capture_id: str = column("The capture.", references="captures.capture_id")
    block_index: int = column("Position among the capture's blocks, from 0.", minimum=0)
    char_start: int = column(
        "First character in the decoded capture.", unit="characters", minimum=0
    )
    char_end: int = column("Character after the last one.", unit="characters", minimum=0)
    text: str = column("Text as a reader sees it: markup gone, entities read, white space folded.")
    label: str = column("What the block is on the page.", values=LABELS)
    rule: str = column("Rule that decided the label.")
    site_share: float = column(
        "Share of the site's stories whose captures carry this block.", minimum=0, maximum=1
    )
    repeats_block_index: int | None = column(
        "The block of the same capture that furniture or a pull quote repeats; null: none.",
        minimum=0,
        default=None,
    )
    item_index: int | None = column(
        "On a page of several stories the one it is of; null: of none, or of the only one.",
        minimum=0,
        default=None,
    )


@record("articles", key=("article_id",))
class Article:
    """One story: what is left of a capture once the furniture is gone."""

    article_id: str = column("Id from the capture's content.")
    capture_id: str = column("The capture.", references="captures.capture_id")
    site_id: str = column("Site of the capture.")
    url: str | None = column(
        "Address of the page, where known; of a web archive's copy that of the page it is of."
    )
    title: str | None = column("Headline as printed.")
    byline: str | None = column("Names of the authors, '; ' between them, without titles.")
    dateline_place: str | None = column("Place printed at the opening of the story.")
    language: str | None = column("Language of the text, ISO 639-1.")
    published_at: dt.datetime | None = column(
        "Publication time; null where none is printed.", unit="UTC"
    )
    published_precision: str | None = column("How exact it is.", values=PRECISIONS)
    published_method: str | None = column("Rule that found it.")
    event_date_start: dt.date | None = column("First day the main event can have taken place.")
    event_date_end: dt.date | None = column("Last day the main event can have taken place.")
    event_date_precision: str | None = column("How exact it is.", values=PRECISIONS)
    event_date_method: str | None = column("Rules whose clues were chosen, '+' between them.")
    word_count: int = column("Words of the text.", unit="words", minimum=0)
    text: str = column("Body blocks in order, a blank line between them.")
    text_sha256: str = column("SHA-256 of the text as UTF-8, hex.")
    dateline_entity_id: str | None = column(
        "The place of the dateline; null: none printed, or not known which.",
        references="entities.entity_id",
        default=None,
    )
    title_method: str | None = column(
        "Where the title was found: printed, heading, item_head, run_in_head, or the statement.",
        default=None,
    )
    byline_method: str | None = column(
        "Where the authors were found: byline, signed, labelled, marked, closing, or the statement.",
        default=None,
    )
    document_type: str | None = column(
        "What document it is; null: it is a story.", values=DOCUMENT_TYPES, default=None
    )
    document_evidence: str | None = column("The signs that it is one, in words.", default=None)
    report_kind: str | None = column(
        "Whether the story tells what happened, what is to come or what it means; null: a "
        "document.",
        values=REPORT_KINDS,
        default=None,
    )
    report_kind_evidence: str | None = column("The signs of that kind, in words.", default=None)
    item_index: int = column(
        "Position among the stories of its capture, from 0.", minimum=0, default=0
    )


@record("date_candidates", key=("article_id", "candidate_index"))
class DateCandidate:
    """One date clue of an article, chosen or not."""

    article_id: str = column("The article.", references="articles.article_id")
    candidate_index: int = column("Position among the article's clues, from 0.", minimum=0)
    kind: str = column(
        "What the clue dates; `site` is a date of the site and of nothing else.",
        values=("published", "event", "site"),
    )
    date_start: dt.date | None = column("First day the clue allows; null: no lower bound.")
    date_end: dt.date | None = column("Last day the clue allows; null: no upper bound.")
    precision: str = column("How exact the clue is.", values=PRECISIONS)
    method: str = column("Rule that read the clue.")
    timeline_id: str | None = column("Row of seeds/timeline.csv the clue refers to.")
    verbatim: str | None = column("Characters the clue was read from.")
    span_field: str | None = column(
        "What the span is counted in: articles.text, the text of block `block_index`, the "
        "decoded capture, or the address.",
        values=SPAN_FIELDS,
    )
    block_index: int | None = column("Block the clue stands in.", minimum=0)
    char_start: int | None = column("First character of the clue.", unit="characters", minimum=0)
    char_end: int | None = column("Character after the last one.", unit="characters", minimum=0)
    is_chosen: bool = column("Whether the article's date rests on this clue.")
    reason: str = column("Why it was chosen or not, in words.")


@record("entities", key=("entity_id",))
class Entity:
    """One named thing: a person, organisation, place, treaty or programme."""

    entity_id: str = column("Id from the type and the key in seeds, or from the name found.")
    name: str = column("Canonical name.")
    entity_type: str = column("What it is.", values=ENTITY_TYPES)
    wikidata_id: str | None = column("Wikidata item, where certain.")
    is_authority: bool = column("True: from seeds. False: found in text only.")
    country: str | None = column(
        "Country a place lies, or lay, in; a country's is itself. Null: no place, or none.",
        default=None,
    )
    latitude: float | None = column(
        "Latitude of a place, where certain.",
        unit="degrees north",
        minimum=-90,
        maximum=90,
        default=None,
    )
    longitude: float | None = column(
        "Longitude of a place, where certain.",
        unit="degrees east",
        minimum=-180,
        maximum=180,
        default=None,
    )


@record("entity_names", key=("entity_id", "surface", "how_matched"))
class EntityName:
    """One printed variant of an entity's name."""

    entity_id: str = column("The entity.", references="entities.entity_id")
    surface: str = column("The name as printed, damage and all.")
    mention_count: int = column("How often it is printed so.", minimum=1)
    how_matched: str = column("Rule that tied this variant to the entity.")


@record("entity_ledger", key=("release", "old_entity_id"))
class EntityChange:
    """One change of an entity of the release before: its place in the tables, or its id."""

    old_entity_id: str = column("Id in the release before.")
    new_entity_id: str | None = column("Id in this release; null: nothing names it any more.")
    change: str = column("What became of it.", values=ENTITY_CHANGES)
    cause: str = column("Why, in words.")
    release: str = column("Release that made the change.")


@record("mentions", key=("article_id", "block_index", "block_start"))
class Mention:
    """One printed name in the story, its title or its captions."""

    article_id: str = column("The article.", references="articles.article_id")
    block_index: int = column("Block of the capture the name stands in.", minimum=0)
    block_start: int = column("First character in that block's text.", unit="characters", minimum=0)
    span_field: str = column(
        "What char_start and char_end are counted in: articles.text, or the text of the block.",
        values=("text", "block"),
    )
    char_start: int = column("First character.", unit="characters", minimum=0)
    char_end: int = column("Character after the last one.", unit="characters", minimum=0)
    surface: str = column("The name as printed.")
    entity_id: str | None = column(
        "Who or what is named; null: could not be told.", references="entities.entity_id"
    )
    method: str = column("Rule that resolved the name, or why none could.")
    office: str | None = column("Title or office printed with the name.")


@record("quotations", key=("article_id", "char_start"))
class Quotation:
    """One run of quoted words; speech split by its cue is one run on either side of it."""

    article_id: str = column("The article.", references="articles.article_id")
    char_start: int = column(
        "First character in articles.text, after the mark.", unit="characters", minimum=0
    )
    char_end: int = column("Character after the last one.", unit="characters", minimum=0)
    text: str = column("The quoted words.")
    utterance_index: int = column(
        "Same number: parts of one utterance. From 0 in each article.", minimum=0
    )
    quotation_type: str = column(
        "Whole sentences, or words inside a sentence.", values=("direct", "partial")
    )
    speaker_entity_id: str | None = column(
        "Who said it; null: could not be told.", references="entities.entity_id"
    )
    speaker_surface: str | None = column("The speaker as printed at the cue.")
    cue: str | None = column("The verb of saying as printed.")
    method: str = column("Rule that found the speaker.")


@record("pair_decisions", key=("article_id_l", "article_id_r"))
class PairDecision:
    """One compared pair of articles, with every signal and the reason in words."""

    article_id_l: str = column("The smaller id.", references="articles.article_id")
    article_id_r: str = column("The larger id.", references="articles.article_id")
    relation: str = column("What was decided.", values=RELATIONS)
    score: float = column("Probability that both report one event.", minimum=0, maximum=1)
    jaccard: float = column("Shared word 3-grams over all.", minimum=0, maximum=1)
    containment: float = column(
        "Shared word 3-grams over those of the shorter.", minimum=0, maximum=1
    )
    body_similarity: float = column(
        "Cosine of the whole texts, rare words weighing more.", minimum=0, maximum=1
    )
    lead_similarity: float = column("Cosine of the openings.", minimum=0, maximum=1)
    neighbourhood_similarity: float = column(
        "Cosine of the openings, words that neighbours print weighing less.", minimum=0, maximum=1
    )
    title_similarity: float = column(
        "Cosine of the titles, words that neighbours print weighing less.", minimum=0, maximum=1
    )
    name_similarity: float = column(
        "Cosine of the names, rare ones weighing more.", minimum=0, maximum=1
    )
    lead_name_similarity: float = column(
        "Cosine of the names of the openings.", minimum=0, maximum=1
    )
    actor_conflict: float = column(
        "How much either's opening names what the other names nowhere.", minimum=0, maximum=1
    )
    number_similarity: float = column(
        "Cosine of the numbers, rare ones weighing more.", minimum=0, maximum=1
    )
    quote_similarity: float = column(
        "Runs of words one quotes and the other prints; 1: many.", minimum=0, maximum=1
    )
    time_agreement: float = column(
        "Of weekdays, months and years: share in which the openings print a same one.",
        minimum=0,
        maximum=1,
    )
    time_conflict: float = column(
        "Of weekdays, months and years: share in which both openings print others only.",
        minimum=0,
        maximum=1,
    )
    date_compatibility: float = column(
        "1: the date brackets meet or are unknown; 0: a year lies between them.",
        minimum=0,
        maximum=1,
    )
    date_agreement: float = column(
        "1: both brackets are the same day; 0: wide, unknown or apart.", minimum=0, maximum=1
    )
    publication_agreement: float = column(
        "1: published on one day; 0: four days apart or more, or unknown.", minimum=0, maximum=1
    )
    place_agreement: float = column(
        "1: both open in one town where few do; 0: in others, or one in none.",
        minimum=0,
        maximum=1,
    )
    place_conflict: float = column(
        "1: both open in towns of which the other names none; 0: they do not.",
        minimum=0,
        maximum=1,
    )
    template_conflict: float = column(
        "How much of one wording they are while their days and numbers differ.",
        minimum=0,
        maximum=1,
    )
    shared_evidence: tuple[str, ...] = column("Literal names, numbers and quoted words both print.")
    reason: str = column("The decision in words.")


@record("events", key=("event_id",))
class Event:
    """One thing that happened, at a place and a time."""

    event_id: str = column("Stable id: carried over from release to release.")
    title: str | None = column("Headline of the representative report.")
    event_date_start: dt.date | None = column("First day it can have taken place.")
    event_date_end: dt.date | None = column("Last day it can have taken place.")
    event_date_precision: str | None = column("How exact it is.", values=PRECISIONS)
    event_date_method: str | None = column("Rules whose clues were chosen, '+' between them.")
    place: str | None = column("Where it took place, where printed.")
    report_count: int = column(
        "Stories on it, reprints too; no documents, and several pages as one.", minimum=1
    )
    independent_report_count: int = column(
        "Reports written independently; no previews, analyses or documents.", minimum=0
    )
    site_count: int = column("Sites that report it.", minimum=1)
    representative_article_id: str = column(
        "Report that stands for it.", references="articles.article_id"
    )
    timeline_id: str | None = column("Row of seeds/timeline.csv it is, where that can be told.")
    event_type: str | None = column("PLOVER root code, where the evidence carries one.")


@record("event_reports", key=("event_id", "article_id"))
class EventReport:
    """One report of an event."""

    event_id: str = column("The event.", references="events.event_id")
    article_id: str = column("The report.", references="articles.article_id")
    role: str = column(
        "Its part; a later page of a story and a document are with the event and no reports of it.",
        values=REPORT_ROLES,
    )
    syndication_group_id: str | None = column(
        "Same value: one wire story, or the pages of one; null: printed once."
    )
    is_first_printing: bool | None = column(
        "Whether it printed its wire story first; null: it cannot be told, or it stands alone."
    )


@record("event_participants", key=("event_id", "entity_id"))
class EventParticipant:
    """One entity in an event."""

    event_id: str = column("The event.", references="events.event_id")
    entity_id: str = column("The entity.", references="entities.entity_id")
    report_count: int = column("Independently written stories that name it.", minimum=1)
    office: str | None = column("Office most reports print with the name; null where none does.")


@record("event_disagreements", key=("event_id", "fact", "value", "article_id"))
class EventDisagreement:
    """One report's value of a fact on which the reports of an event differ."""

    event_id: str = column("The event.", references="events.event_id")
    fact: str = column("What they differ on.")
    value: str = column("What this report prints.")
    article_id: str = column("The report.", references="articles.article_id")


@record("event_ledger", key=("release", "old_event_id", "new_event_id"))
class LedgerEntry:
    """One change of an event id between releases."""

    old_event_id: str | None = column("Id in the release before; null: new.")
    new_event_id: str | None = column("Id in this release; null: gone.")
    change: str = column("What became of it.", values=EVENT_CHANGES)
    cause: str = column("Why, in words.")
    release: str = column("Release that made the change.")


@record("validation_results", key=("table_name", "rule", "column_name"))
class ValidationResult:
    """One rule checked on this release."""

    table_name: str = column("Table the rule is about.")
    rule: str = column("The rule.")
    column_name: str | None = column("Column, where the rule is about one.")
    is_success: bool = column("Whether it holds.")
    observed_value: str | None = column("What was seen, in words.")
    failure_count: int = column("Rows that break it.", minimum=0)
    failure_keys: tuple[str, ...] = column("Keys of some of these rows.")
    severity: str = column(
        "critical: a failure costs what the rule protects; warning: it is told.", values=SEVERITIES
    )
    protects: str = column(
        "What a failure costs: row, article: the captures behind it; release: the whole run.",
        values=PROTECTED,
    )


@record("corrections_applied", key=("correction_id",))
class CorrectionApplied:
    """One row of seeds/corrections.csv and what it did."""

    correction_id: str = column("The correction.")
    kind: str = column(
        "What it mends.", values=("must_link", "cannot_link", "name", "date", "label")
    )
    applied_count: int = column("Values it changed.", minimum=0)
    status: str = column("Whether it still fits.", values=("applied", "stale", "contradicted"))


@record("coverage", key=("site_id", "month"))
class Coverage:
    """One site and month, and what was collected of it."""

    site_id: str = column("The site.")
    month: str | None = column(
        "Month of publication, else of the event's bracket, YYYY-MM; null: unknown."
    )
    capture_count: int = column("Captures, each in the month of its first story.", minimum=0)
    article_count: int = column("Articles; a page of several stories has several.", minimum=0)
    rejection_count: int = column("Captures that were rejected.", minimum=0)


RELEASED: tuple[Table, ...] = tuple(
    table_of(r)
    for r in (
        Capture,
        Rejection,
        Block,
        Article,
        DateCandidate,
        Entity,
        EntityName,
        EntityChange,
        Mention,
        Quotation,
        PairDecision,
        Event,
        EventReport,
        EventParticipant,
        EventDisagreement,
        LedgerEntry,
        ValidationResult,
        CorrectionApplied,
        Coverage,
    )
)
