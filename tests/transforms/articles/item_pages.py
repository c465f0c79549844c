"""Pages of several reports in the forms of the years 1994 to 2002, and pages of one story.

The reports and the town are invented.
"""

from __future__ import annotations

import textwrap

REPORTS = (
    ("Ferry strands off the cape", "NORDHAVEN", "A ferry with two hundred people on board ran "
     "aground off the cape on Tuesday night. Nobody was hurt, and tugs pulled it free before dawn, "
     "the coast guard said."),
    ("Minister quits over boat", "HJELM", "Fisheries minister Olaf Lund gave up his post on "
     "Monday after it became known that he had let his brother use the inspection boat for a "
     "holiday."),
    ("Snow closes mountain pass", "TALLVIK", "The road over the Hjelm pass was closed on "
     "Wednesday for the third time this winter. Ploughs will be sent up when the wind goes down, "
     "the roads office said."),
    ("Herring price falls by a fifth", "BERGVIK", "The price of herring fell by a fifth in a "
     "week, the fishermen's union said on Thursday. It blamed imports and the mild autumn for the "
     "fall."),
    ("Alliance delegation visits Moscow", "MOSCOW", "A delegation of the alliance held talks with "
     "General Lebed on Friday about joint exercises in the spring. Neither side would name a date "
     "for the next round."),
)  # fmt: skip
MORE = (
    "Talks go on next week in the capital, and a paper will be sent to parliament by the end of "
    "the month, a spokesman added."
)
WRITERS = ("Liz Holm", "Peter Rask", "Jan Moe", "Ann Dahl", "Karl Berg")
INITIALS = ("LH", "PR", "JM", "AD", "KB")
SIGNED = tuple((*report, who) for report, who in zip(REPORTS, WRITERS, strict=True))
MARKED = tuple((*report, who) for report, who in zip(REPORTS, INITIALS, strict=True))


def _page(title: str, body: str) -> str:
    menu = '<table><tr><td><a href="/">Home</a> <a href="/news">News</a></td></tr></table>'
    notice = "<p>&copy; 1997 The Ledger. All rights reserved.</p>"
    return f"<html><head><title>{title}</title></head><body>{menu}{body}{notice}</body></html>"


def _paragraph(text: str) -> str:
    return textwrap.fill(text, 72)


HTML = {
    "headings and datelines": _page("The Ledger: World", "<h1>World</h1>" + "".join(
        f"<h3>{head}</h3><p>{place} (NP) -- {text}</p><p>{MORE}</p>"
        for head, place, text in REPORTS
    )),
    "a page named in brief": _page("World in Brief", "<h1>World in Brief</h1>" + "".join(
        f"<h3>{head}</h3><p>{text}</p>" for head, _, text in REPORTS
    )),
    "bold heads, breaks and agencies": _page("News summary", "<font size=2>" + "".join(
        f"<b>{head}</b><br>\n{text} (Reuters)<br><br>\n" for head, _, text in REPORTS
    )),
    "bold heads that open paragraphs, signed": _page("Newsline", "<h2>Newsline</h2>" + "".join(
        f"<p><b>{head.upper()}.</b> {text} {MORE} -- {who}</p>" for head, _, text, who in SIGNED
    )),
    "heads in capitals that open paragraphs, initials": _page("Newsline", "".join(
        f"<p>{head.upper()}. {text} {MORE} {who}</p>" for head, _, text, who in MARKED
    )),
    "two parts, heads in capitals": _page("Newsline", "<h2>PART I</h2>" + "".join(
        f"<p>{head.upper()}</p><p>{text} {MORE} {who}</p>" for head, _, text, who in MARKED[:3]
    ) + "<h2>PART II</h2>" + "".join(
        f"<p>{head.upper()}</p><p>{text} {MORE} {who}</p>" for head, _, text, who in MARKED[3:]
    )),
    "rules between datelines": _page("World news", "<hr>".join(
        f"<p>{place}, May 14 (NP) - {text}</p><p>{MORE}</p>" for _, place, text in REPORTS
    )),
    "stars between datelines": _page("World news", "<p>* * *</p>".join(
        f"<p>{place}, May 14 (NP) - {text}</p><p>{MORE}</p>" for _, place, text in REPORTS
    )),
    "a table of briefs": _page("News in brief", "<table>" + "".join(
        f"<tr><td><b>{head}</b></td></tr><tr><td>{text}</td></tr>" for head, _, text in REPORTS
    ) + "</table>"),
    "a list of definitions": _page("News in brief", "<dl>" + "".join(
        f"<dt><b>{head}</b><dd>{text}" for head, _, text in REPORTS
    ) + "</dl>"),
    "a date below each head": _page("Monitor", "<h1>Monitor</h1>" + "".join(
        f"<h4>{head}</h4><p>May {day}, 1997</p><p>{text}</p><p>{MORE}</p>"
        for day, (head, _, text) in enumerate(REPORTS, start=10)
    )),
    "a byline below each head": _page("The Week", "<h1>The Week</h1>" + "".join(
        f"<h4>{head}</h4><p>By {who}</p><p>{text}</p><p>{MORE}</p>" for head, _, text, who in SIGNED
    )),
}  # fmt: skip
TEXT = {
    "heads in capitals, initials": "NEWSLINE Vol 1, No. 31, Part I, 14 May 1997\n\n" + "\n\n".join(
        f"{head.upper()}\n{text} {MORE} {who}" for head, _, text, who in MARKED
    ),
    "wrapped, heads that open paragraphs": "DAILY DIGEST\nNo. 94, 14 May 1996\n\n" + "\n\n".join(
        _paragraph(f"{head.upper()}. {text} {MORE} -- {who}") for head, _, text, who in SIGNED
    ),
    "numbered": "HEADLINES OF THE DAY\n\n" + "\n\n".join(
        f"{number}. {head}\n\n{text} (Reuters)"
        for number, (head, _, text) in enumerate(REPORTS, start=1)
    ),
    "stars between datelines": "World news\n\n" + "\n\n* * *\n\n".join(
        f"{place}, May 14 (NP) - {text}\n\n{MORE}" for _, place, text in REPORTS
    ),
    "dashes between heads": "The Ledger\n\n" + "\n\n-----\n\n".join(
        f"{head}\n\n{place} (NP) -- {text}\n\n{MORE}" for head, place, text in REPORTS
    ),
}  # fmt: skip
TEXTS = [f"{text} {MORE}" for _, _, text in REPORTS]
HEADS = [head for head, _, _ in REPORTS]
ONE_STORY = {
    "crossheads": _page("Talks go on", "<h1>Talks go on in the capital</h1><p>NORDHAVEN (NP) -- "
        + TEXTS[0] + "</p>" + "".join(
        f"<h3>{head}</h3><p>{text}</p>" for head, text in zip(HEADS[1:], TEXTS[1:], strict=True)
    )),
    "a list of places": _page("Five harbours", "<h1>Five harbours to see</h1>" + "".join(
        f"<h2>{number}. {head}</h2><p>The harbour of this town is worth a visit in spring, when "
        f"the boats come in and the cafes open their doors to all who pass by.</p>"
        for number, head in enumerate(HEADS, start=1)
    )),
    "a live blog": _page("Live: storm", "<h1>Live: storm over the cape</h1>" + "".join(
        f"<p><b>{hour}:15 {head}</b></p><p>{text}</p>"
        for hour, (head, text) in enumerate(zip(HEADS, TEXTS, strict=True), start=10)
    )),
    "an interview": _page("Interview", "<h1>Interview with the mayor</h1>" + "".join(
        f"<p><b>Why did you close the {what}?</b></p><p>{text}</p>"
        for what, text in zip(("pier", "road", "school", "bank", "port"), TEXTS, strict=True)
    )),
    "letters": _page("Letters to the editor", "<h1>Letters</h1>" + "".join(
        f"<h3>{head}</h3><p>Sir, {text}</p><p>{MORE} -- {who}</p>" for head, _, text, who in SIGNED
    )),
    "a chronology": _page("Chronology", "<h1>Chronology of the talks</h1>" + "".join(
        f"<h3>{day} May 1997</h3><p>{text}</p>" for day, text in enumerate(TEXTS, start=2)
    )),
    "a column": _page("The week that was", "<h1>The week that was</h1><p>By Ann Dahl</p>"
        + "".join(f"<p>{text}</p>" for text in TEXTS)),
}  # fmt: skip
