"""Pages: heads, datelines and bylines around a story, in layouts of the web's first ten years."""

from __future__ import annotations

import csv
import datetime as dt
import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.grammar import days, stories
from tests.grammar.stories import Happening

SITES = (
    "gazette.example", "wire.example", "courier.example", "vestnik.example", "herald.example",
    "monitor.example", "review.example",
)  # fmt: skip
AGENCIES = ("AP", "Reuters", "RFE/RL", "AFP", "Itar-Tass", "Reuter, AP")
NAVIGATION = ("Home", "World", "Business", "Sport", "Search", "Weather", "Letters", "Archive")
TAILS = (
    "Copyright {year} The {site}. All rights reserved.", "Last Updated: {day}", "Print this story",
    "E-mail to a friend", "(Reporting by {name})", "{name} contributed to this report.",
    "Related stories: {title}", "Back to top", "Comments (5)",
)  # fmt: skip
RARELY, SOMETIMES, OFTEN = 0.05, 0.25, 0.6
CAPTURES_A_HAPPENING = (1, 1, 1, 2, 2, 3, 5)


@dataclass(frozen=True, slots=True)
class MadePage:
    """One made capture, and what its listing knows of it."""

    file: str
    content: bytes
    site: str | None
    url: str | None
    captured_at: dt.datetime | None


def pages(count: int, seed: int = 1) -> Iterator[MadePage]:
    """So many pages, the same for the same seed; several tell of one happening, some are copies."""
    rng, made = Random(seed), 0
    while made < count:
        told, last = stories.happening(rng), ""
        for _ in range(min(rng.choice(CAPTURES_A_HAPPENING), count - made)):
            site = rng.choice(SITES)
            text = (
                last
                if last and rng.random() < SOMETIMES
                else "\n\n".join(stories.paragraphs(rng, told))
            )
            last = text
            yield _page(rng, made, site, told, text.split("\n\n"))
            made += 1


def write(made: Iterable[MadePage], folder: Path) -> None:
    """The pages as files of a folder, with the captures.csv that tells of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "captures.csv").open("w", encoding="utf-8", newline="") as file:
        listing = csv.writer(file)
        listing.writerow(("file", "url", "captured_at", "site", "invented"))
        for page in made:
            (folder / page.file).write_bytes(page.content)
            time = page.captured_at.isoformat() if page.captured_at else ""
            listing.writerow((page.file, page.url or "", time, page.site or "", "yes"))


def _page(rng: Random, number: int, site: str, told: Happening, text: list[str]) -> MadePage:
    is_html = rng.random() < OFTEN
    lines = [*_head(rng, told), *text]
    lines[-len(text)] = _dateline(rng, told) + lines[-len(text)]
    tails = [_tail(rng, site, told) for _ in range(rng.randrange(4))]
    if rng.random() < RARELY:  # another story below
        other = stories.happening(rng)
        lines += [*_head(rng, other), *stories.paragraphs(rng, other)]
    body = _markup(rng, told, lines, tails) if is_html else _plain(rng, lines, tails)
    charset = rng.choice(("utf-8", "utf-8", "windows-1252", "koi8-r"))
    content = _damaged(rng, body).encode(charset, "replace")
    shown = told.day + dt.timedelta(days=rng.choice((0, 0, 1, 2, 30, 900, -3)))
    captured = dt.datetime.combine(shown, dt.time(rng.randrange(24)), dt.UTC)
    return MadePage(
        f"{number:05}.{'html' if is_html else 'txt'}",
        content,
        site if rng.random() < OFTEN else None,
        f"http://www.{site}{days.in_address(rng, told.day)}" if rng.random() < OFTEN else None,
        captured if rng.random() < OFTEN else None,
    )


def _head(rng: Random, told: Happening) -> list[str]:
    day = days.printed(rng, told.day + dt.timedelta(days=rng.choice((0, 0, 0, 1, -1, 7))))
    _, name = rng.choice(told.people)
    heads = (
        [stories.title(rng, told)],
        [stories.title(rng, told), f"By {name}"],
        [stories.title(rng, told), f"By {name}, Tribune Staff Writer", day],
        [day, stories.title(rng, told), f"By {name} in {told.place}"],
        [f"{day}|By {name}, {rng.choice(AGENCIES)}", stories.title(rng, told)],
        [f"Web posted at: {rng.choice(days.CLOCKS)}", day, stories.title(rng, told)],
        [f"DATE: {day.upper()} TAG: {rng.randrange(10**6)} DATELINE: {told.place.upper()}"],
        [f"TITLE={stories.title(rng, told)}", f"BYLINE={name}", f"DATE={day}"],
        [stories.title(rng, told), f"Published: {day}", f"Updated: {days.printed(rng, told.day)}"],
        [],
    )
    return list(rng.choice(heads))


def _dateline(rng: Random, told: Happening) -> str:
    place, agency = rng.choice((told.place, told.place.upper())), rng.choice(AGENCIES)
    day = days.printed(rng, told.day + dt.timedelta(days=rng.choice((0, 0, 0, 1, 3))))
    if rng.random() < OFTEN:
        return f"{place}, {day} {rng.choice(('-', '--', f'({agency}) -'))} "
    return rng.choice(
        (
            "",
            f"{place} ({agency}) - ",
            f"{place} \u2014 ",
            f"({agency}, {day}) ",
            f"{place}; {day}\n",
            f"[{day}] ",
            f"{agency} {day}: ",
        )
    )


def _tail(rng: Random, site: str, told: Happening) -> str:
    later = days.printed(rng, told.day + dt.timedelta(days=rng.randrange(3_000)))
    return rng.choice(TAILS).format(
        year=told.day.year,
        site=site.split(".")[0].title(),
        day=later,
        name=rng.choice(stories.PEOPLE)[1],
        title=stories.title(rng, stories.happening(rng)),
    )


def _plain(rng: Random, lines: list[str], tails: list[str]) -> str:
    gap = rng.choice(("\n\n", "\n\n", "\n", "\r\n\r\n", "\n    "))
    return gap.join([*rng.sample(NAVIGATION, rng.randrange(4)), *lines, *tails])


def _markup(rng: Random, told: Happening, lines: list[str], tails: list[str]) -> str:
    texts = [html.escape(line, quote=rng.random() < SOMETIMES) for line in lines]
    links = "".join(f'<a href="/{n.lower()}">{n}</a> ' for n in rng.sample(NAVIGATION, 5))
    tail = "".join(f"<p>{html.escape(t)}</p>" for t in tails)
    story = rng.choice(
        (
            "".join(f"<p>{t}</p>\n" for t in texts),
            "<br><br>\n".join(texts),
            f"<h1>{texts[0]}</h1>" + "".join(f"<p>{t}" for t in texts[1:]),
            "<pre>" + "\n\n".join(texts) + "</pre>",
            "<table>" + "".join(f"<tr><td><font>{t}</font></td></tr>" for t in texts) + "</table>",
            "".join(f"<div class=story>{t}</div>" for t in texts),
        )
    )
    stated = days.printed(rng, told.day) if rng.random() < SOMETIMES else told.day.isoformat()
    head = rng.choice(
        (
            "",
            f"<title>{texts[0]}</title>",
            f'<title>{texts[0]}</title><meta name="date" content="{stated}">',
            f'<meta property="article:published_time" content="{stated}T25:00">',
        )
    )
    frame = rng.choice(
        (
            "<html><head>{head}</head><body>{links}{story}{tail}</body></html>",
            "<html>{head}<body><table><tr><td>{links}</td><td>{story}</td></tr></table>{tail}",
            "<!doctype html><head>{head}<body><div id=nav>{links}</div><div>{story}</div>{tail}",
        )
    )
    return frame.format(head=head, links=links, story=story, tail=tail)


def _damaged(rng: Random, text: str) -> str:
    if rng.random() > SOMETIMES:
        return text
    place = rng.randrange(len(text) + 1)
    odd = rng.choice(
        ("\u00ad", "\u200b", "\u00a0", "&nbsp;", "&#150;", "\ufffd", "\u202e", "&amp;amp;", "\x00",
         "\U0001d538e\u0301", "<!--", "<p", "\x92", "\u2028")
    )  # fmt: skip
    return rng.choice((text[:place] + odd + text[place:], text[:place], odd.join(text.split(" "))))
