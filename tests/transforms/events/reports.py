"""Small tables of articles for the tests of linking, with sentences written for them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from transforms import duplicates, events
from transforms.authority import Authority, Correction, TimelineEvent
from transforms.schema import to_arrow
from transforms.tables import Article, Block, DateCandidate, Entity, Mention, Quotation

FLOOD_ONE = (
    "The river Welna burst its banks at Orstad on Tuesday and drowned 14 people, the mayor, Inga "
    "Brevik, said. Rescue boats reached the Hansa quarter at dawn. "
    'Brevik said that "no one here had seen the water rise so fast in living memory".\n\n'
    "Soldiers filled sandbags along the Kolby embankment while the hospital was emptied by bus."
)
FLOOD_TWO = (
    "At least 17 people died when the Welna flooded Orstad, its mayor told reporters. Inga Brevik "
    'called it the worst night of her life: "No one here had seen the water rise so fast in '
    'living memory." The Hansa quarter stood under two metres of water.\n\n'
    "The army was called to the Kolby embankment, and patients left the hospital by bus."
)
MINE = (
    "Miners at Dorvik walked out on Friday after the owners of the Talgrube pit cut the night "
    "shift. Their union leader, Per Aksel Lunde, said the strike would last until wages rose.\n\n"
    "The company said talks could begin next month if the pumps were manned again."
)
ROAD = (
    "The minister of transport, Eva Solheim, opened the coastal road between Marnes and Tunvik. "
    "It took nine years to build and crosses four bridges.\n\n"
    "Fishermen complained that the new harbour lights blind them on their way home."
)


@dataclass(frozen=True)
class Corpus:
    """Articles and what belongs to them."""

    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dates: tuple[DateCandidate, ...] = ()
    corrections: tuple[Correction, ...] = field(default=())
    timeline: tuple[TimelineEvent, ...] = ()
    blocks: tuple[Block, ...] = ()

    def link(
        self,
        previous: events.Previous | None = None,
        release: str = "1.0.0",
        seed: int | None = None,
    ) -> events.Linked:
        """The events of the corpus; `seed` shuffles the rows first."""

        def table(record: type, rows: Sequence[object]) -> pa.Table:
            data = to_arrow(record, rows)
            if seed is None:
                return data
            order = list(range(data.num_rows))
            random.Random(seed).shuffle(order)
            return data.take(pa.array(order, pa.int64()))

        articles = table(Article, self.articles)
        return events.link(
            articles=articles,
            mentions=table(Mention, self.mentions),
            entities=table(Entity, ()),
            quotations=table(Quotation, self.quotations),
            date_candidates=table(DateCandidate, self.dates),
            duplicates=duplicates.compare(articles),
            blocks=table(Block, self.blocks),
            authority=Authority(corrections=self.corrections, timeline=self.timeline),
            previous=previous,
            release=release,
        )


def article(
    mark: str,
    text: str,
    title: str | None = None,
    site: str = "",
    place: str | None = None,
    days: tuple[str, str] | None = None,
    published: str | None = None,
    kind: str | None = "report",
    document: str | None = None,
) -> Article:
    """One article; its id ends in the mark. A document has no kind of report."""
    start, end = (dt.date.fromisoformat(d) for d in days) if days else (None, None)
    return Article(
        article_id=f"a_{mark}",
        capture_id=f"c_{mark}",
        site_id=site or f"site-{mark}.example",
        url=None,
        title=title,
        byline=None,
        dateline_place=place,
        language="en",
        published_at=dt.datetime.fromisoformat(published + "+00:00") if published else None,
        published_precision="day" if published else None,
        published_method="printed" if published else None,
        event_date_start=start,
        event_date_end=end,
        event_date_precision="bracket" if days else None,
        event_date_method="weekday" if days else None,
        word_count=len(text.split()),
        text=text,
        text_sha256=text,
        document_type=document,
        report_kind=None if document else kind,
    )


def quoted(mark: str, text: str, words: str) -> Quotation:
    """One quotation of the article."""
    start = text.index(words)
    return Quotation(
        f"a_{mark}", start, start + len(words), words, 0, "direct", None, None, None, "marks"
    )


def correction(number: str, kind: str, target: str) -> Correction:
    """A link drawn by hand."""
    return Correction(number, kind, target, "", None, "seen by a reader")


WORDS = "no one here had seen the water rise so fast in living memory"
FLOODS = Corpus(
    articles=(
        article("1", FLOOD_ONE, "Flood kills 14 in Orstad", place="ORSTAD"),
        article("2", FLOOD_TWO, "Orstad counts its dead after the flood", place="Orstad"),
        article("3", MINE, "Talgrube miners strike"),
        article("4", ROAD, "Coastal road opens"),
    ),
    quotations=(quoted("1", FLOOD_ONE, WORDS), quoted("2", FLOOD_TWO, "N" + WORDS[1:])),
)
