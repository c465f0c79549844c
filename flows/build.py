"""Reads captures into stories: the stages of `transforms` in their order, shard by shard.

Every function here reads files of the working folder and writes others; what becomes of the
data is decided in `transforms` alone. A shard is what one worker takes: it may run anywhere
that sees the folder.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows import knowledge, store
from flows.budget import Meter
from flows.corrected import mendable
from flows.desk import Desk, desk
from flows.parts import Application, Part, gathered
from flows.settings import Settings
from transforms import (
    articles,
    blocks,
    captures,
    corrections,
    datelines,
    dates,
    furniture,
    names,
    quotations,
    report_kinds,
    sites,
)
from transforms.archives import page_url
from transforms.captures import RawCapture
from transforms.furniture.story import Chances, judge
from transforms.schema import column, from_arrow, record
from transforms.tables import (
    Article,
    Block,
    Capture,
    DateCandidate,
    Entity,
    Mention,
    Quotation,
    Rejection,
)


@record("cuts", key=("capture_id",), is_released=False)
class Cut:
    """One decoded capture cut into blocks, on its way from one stage to the next."""

    capture_id: str = column("The capture.")
    site_id: str = column("Its site.")
    url: str | None = column("Its address.")
    captured_at: dt.datetime | None = column("When it was collected.", unit="UTC")
    zone: str | None = column("Zone of times printed without one, as its source tells.")
    page: blocks.Page = column("Its blocks and what the page states of itself.")


@record("findings", key=("capture_id", "entity_id", "name"), is_released=False)
class Finding:
    """One entity of no reference table, as one capture names it."""

    capture_id: str = column("The capture.")
    entity_id: str = column("The entity.")
    name: str = column("Its name as printed there.")
    entity: Entity = column("All of it.")


def blocks_of_shard(shard: Path, work: Path, settings: Settings) -> None:
    """Decodes the captures of a shard and cuts them into blocks."""
    for batch in sorted(shard.iterdir()):
        with desk(batch, settings) as at:
            _cut_batch(batch, work, at)


def _cut_batch(batch: Path, work: Path, at: Desk) -> None:
    taken: list[Capture] = []
    cuts: list[Cut] = []
    rejections: list[Rejection] = []
    sightings: list[sites.Sighting] = []
    orders: list[dates.orders.DateOrder] = []
    for raw in store.read_captures(batch):
        sha256, site_id = captures.sha256_of(raw), captures.site_of(raw)
        capture_id = captures.id_of(raw, sha256)
        look = functools.partial(_cut, raw, capture_id, site_id)
        seen = at.take(capture_id, "captures", look)
        if isinstance(seen, Rejection):
            seen = Cutting(None, seen)
        taken.append(_capture(capture_id, sha256, raw, seen.decoded))
        if isinstance(seen.outcome, Rejection):
            rejections.append(seen.outcome)
            continue
        cuts.append(seen.outcome)
        sightings += seen.sightings
        if seen.order is not None:
            orders.append(dates.orders.DateOrder(capture_id, site_id, seen.order))
    part = Part(work, batch)
    part.write(Capture, taken)
    part.write(Rejection, rejections)
    part.write(Cut, cuts)
    part.write(sites.Sighting, sightings)
    part.write(dates.orders.DateOrder, orders)
    part.write_owners(c.capture_id for c in taken)


def profile_sites(work: Path) -> None:
    """Counts over all shards which blocks recur on which site, and how it prints dates."""
    store.write_arrow(work / PROFILE, sites.profile(gathered(work, sites.Sighting)))
    store.write_arrow(work / ORDERS, gathered(work, dates.orders.DateOrder))


def articles_of_shard(shard: Path, work: Path, settings: Settings) -> None:
    """Labels the blocks of a shard and reads its stories: dates, names, quotations."""
    known = knowledge.of_folders(settings.authority)
    for batch in sorted(shard.iterdir()):
        with desk(batch, settings) as at, mendable():
            _read_batch(batch, work, known, at)


def _read_batch(batch: Path, work: Path, known: knowledge.Knowledge, at: Desk) -> None:
    part = Part(work, batch)
    cuts = part.read(Cut)
    profiles = _profiles(work, {cut.site_id for cut in cuts})
    orders = dates.orders.of_site(store.read_arrow(work / ORDERS))
    chances = _chances(cuts, batch, at)
    readings: list[Reading] = []
    for cut, chance in zip(cuts, chances, strict=True):
        profile, customs = profiles.get(cut.site_id, {}), _customs(cut, orders, known)
        work_on = functools.partial(_read, cut, profile, known, chance, customs)
        found = at.take(cut.capture_id, "furniture", work_on)
        readings.append(Reading((), rejection=found) if isinstance(found, Rejection) else found)
    part.write(Block, (b for r in readings for b in r.blocks))
    part.write(Article, (a for r in readings for a in r.articles))
    part.write(DateCandidate, (d for r in readings for d in r.date_candidates))
    part.write(Mention, (m for r in readings for m in r.mentions))
    part.write(Finding, {f for r in readings for f in r.found})
    part.write(Quotation, (q for r in readings for q in r.quotations))
    part.write(Application, {a for r in readings for a in r.applications})
    part.add(Rejection, (r.rejection for r in readings if r.rejection))


PROFILE = "site_profile.arrow"
ORDERS = "date_orders.arrow"


@dataclass(frozen=True, slots=True)
class Cutting:
    """What becomes of one capture before its site is known."""

    decoded: captures.Decoded | None
    outcome: Cut | Rejection
    sightings: tuple[sites.Sighting, ...] = ()
    order: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one capture yields."""

    blocks: tuple[Block, ...]
    articles: tuple[Article, ...] = ()
    rejection: Rejection | None = None
    date_candidates: tuple[DateCandidate, ...] = ()
    mentions: tuple[Mention, ...] = ()
    found: tuple[Finding, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    applications: tuple[Application, ...] = ()


def _chances(cuts: Sequence[Cut], batch: Path, at: Desk) -> Sequence[Chances | None]:
    """The chances of all blocks at once; None for all where one of the captures does not bear it.

    Then each is judged where it is read, at its own cost.
    """
    found = at.take(f"batch-{batch.stem}", "furniture", lambda _: judge([c.page for c in cuts]))
    return [None] * len(cuts) if isinstance(found, Rejection) else found


def _read(
    cut: Cut,
    profile: sites.Profile,
    known: knowledge.Knowledge,
    chances: Chances | None,
    site: dates.SiteCustoms,
    meter: Meter,
) -> Reading:
    rows = known.authority.corrections
    given = known.lexicon.given_names
    verdicts = furniture.label(
        cut.page, profile, known.agencies, chances=chances, given_names=given
    )
    verdicts, relabelled = corrections.labels(rows, cut.capture_id, cut.page, verdicts)
    meter.at("articles")
    told = articles.compose_all(cut.capture_id, cut.site_id, cut.url, cut.page, verdicts, given)
    if isinstance(told, Rejection):
        return Reading(tuple(_blocks(cut, verdicts)), rejection=told)
    parts = [_read_story(cut, one, known, site, meter) for one in told.told]
    return Reading(
        tuple(_blocks(cut, told.verdicts, told.numbers)),
        tuple(a for p in parts for a in p.articles),
        None,
        tuple(d for p in parts for d in p.date_candidates),
        tuple(m for p in parts for m in p.mentions),
        tuple(dict.fromkeys(f for p in parts for f in p.found)),
        tuple(q for p in parts for q in p.quotations),
        tuple(
            Application(c, cut.capture_id)
            for c in (*relabelled, *(a.correction_id for p in parts for a in p.applications))
        ),
    )


def _read_story(
    cut: Cut,
    told: articles.Told,
    known: knowledge.Knowledge,
    site: dates.SiteCustoms,
    meter: Meter,
) -> Reading:
    """Dates, names and quotations of one story of a capture."""
    rows, story = known.authority.corrections, told.story
    meter.at("names")
    printed = names.find(story.passages, known.lexicon)
    meter.at("dates")
    dated = dates.date(
        story,
        cut.page,
        told.verdicts,
        printed,
        known.calendar,
        cut.captured_at,
        site,
    )
    dated, redated = corrections.dates(rows, story, dated)
    meter.at("names")
    mentions = names.resolve(
        story.article_id, printed, story.passages, dated.bracket, known.lexicon
    )
    mentions, renamed = corrections.names(rows, story.article_id, mentions)
    meter.at("quotations")
    return Reading(
        (),
        (
            _article(
                story,
                dated,
                datelines.place_of(story, printed, mentions),
                report_kinds.of(story, cut.page, dated),
            ),
        ),
        None,
        dated.candidates,
        mentions,
        tuple(Finding(cut.capture_id, e.entity_id, e.name, e) for e in names.found(printed)),
        quotations.find(
            story.article_id,
            story.passages,
            mentions,
            _holder(dated, known),
            names.genders(mentions, known.lexicon),
        ),
        tuple(Application(c, cut.capture_id) for c in (*redated, *renamed)),
    )


def _customs(cut: Cut, orders: Mapping[str, bool], known: knowledge.Knowledge) -> dates.SiteCustoms:
    """How the capture's site prints its dates."""
    zone = cut.zone or known.timezone(cut.site_id, cut.url)
    return dates.SiteCustoms(zone, orders.get(cut.site_id))


def _cut(raw: RawCapture, capture_id: str, site_id: str, meter: Meter) -> Cutting:
    decoded = captures.decode(raw)
    if isinstance(decoded, Rejection):
        return Cutting(None, decoded)
    meter.at("blocks")
    page = blocks.cut(decoded.text, decoded.media_type)
    if len(page.blocks) > blocks.MAX_BLOCKS:
        detail = f"{len(page.blocks)} blocks, no page of a story has over {blocks.MAX_BLOCKS}"
        return Cutting(decoded, Rejection(capture_id, "blocks", "too_many_blocks", detail))
    return Cutting(
        decoded,
        Cut(capture_id, site_id, page_url(raw.url), captures.collected_at(raw), raw.zone, page),
        tuple(sites.sight(capture_id, site_id, page)),
        dates.orders.order_of(page),
    )


def _holder(dated: dates.Dated, known: knowledge.Knowledge) -> Callable[[str], str | None]:
    """Who "the Russian foreign minister" is in a story of these days."""
    return functools.partial(names.holder, bracket=dated.bracket, lexicon=known.lexicon)


def _capture(
    capture_id: str, sha256: str | None, raw: RawCapture, text: captures.Decoded | None
) -> Capture:
    return Capture(
        capture_id,
        raw.source_uri,
        captures.site_of(raw),
        raw.url,
        captures.collected_at(raw),
        text.media_type if text else None,
        text.charset if text else None,
        raw.byte_count,
        sha256,
        raw.file_count,
        "rejected",
        text.is_mended if text else False,
        text.damaged_count if text else 0,
        licence=raw.licence,
        is_invented=raw.is_invented,
        member=raw.member,
    )


def _blocks(
    cut: Cut, verdicts: tuple[furniture.Verdict, ...], numbers: Sequence[int | None] = ()
) -> Iterator[Block]:
    numbered = numbers or [None] * len(verdicts)
    for index, (b, v) in enumerate(zip(cut.page.blocks, verdicts, strict=True)):
        yield Block(
            cut.capture_id, index, b.char_start, b.char_end, b.text,
            v.label, v.rule, v.site_share, v.repeats, numbered[index],
        )  # fmt: skip


def _article(
    story: articles.Story,
    dated: dates.Dated,
    dateline_entity_id: str | None,
    kind: report_kinds.Kind,
) -> Article:
    return Article(
        story.article_id, story.capture_id, story.site_id, story.url, story.title, story.byline,
        story.dateline_place, story.language,
        dated.published_at, dated.published_precision, dated.published_method,
        dated.event_date_start, dated.event_date_end,
        dated.event_date_precision, dated.event_date_method,
        story.word_count, story.text, story.text_sha256, dateline_entity_id,
        story.title_method, story.byline_method,
        kind.document_type, kind.document_evidence, kind.report_kind, kind.report_kind_evidence,
        story.item_index,
    )  # fmt: skip


def _profiles(work: Path, wanted: set[str]) -> Mapping[str, dict[int, sites.Recurrence]]:
    found: dict[str, dict[int, sites.Recurrence]] = {site: {} for site in wanted}
    # Of all sites' rows only those of the batch become records.
    of_all = store.read_arrow(work / PROFILE)
    is_wanted = pc.is_in(of_all.column("site_id"), pa.array(sorted(wanted), pa.string()))
    for row in from_arrow(sites.Recurrence, of_all.filter(is_wanted)):
        found[row.site_id][row.fingerprint] = row
    return found
