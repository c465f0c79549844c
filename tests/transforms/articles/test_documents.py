"""Documents are told from stories by what they are called and by their form."""

from __future__ import annotations

import pytest

from transforms import articles, blocks, furniture, ids
from transforms.articles import Story, documents

NEWS = (
    "HARBOUR CITY - The port council closed the northern pier on Tuesday after divers found rot "
    "below the water line, its chairwoman said.\n\n"
    '"We have put this off for six years," Ingrid Halvorsen told reporters. She said repairs '
    "would cost four million crowns.\n\n"
    "A spokesman for the ferry company said the vote was late but right."
)
TRANSCRIPT = (
    "Press Conference\n\nby the Minister of Ports, Eva Solheim\n\n"
    "Moderator: Good morning. The minister will say a few words and then take your questions.\n\n"
    "Solheim: Thank you for coming. The pier is closed from today, and it will stay closed until "
    "the divers have finished their work.\n\n"
    "Question: When will that be?\n\n"
    "Solheim: I hope before the winter. Nobody can promise it.\n\n"
    "Question: Who pays for the repairs?\n\nSolheim: The ministry pays half of them."
)
DECLARATION = (
    "Joint Declaration\n\n"
    "We, the ministers of the four states of the coast, met at Tunvik and agreed on the following "
    "principles of our work together.\n\n"
    "We reaffirm our will to keep the waters between our shores open to all, and we welcome the "
    "steps which our pilots have taken.\n\n"
    "We hereby establish a commission in which our four states will work as equal partners."
)
COMMUNIQUE = (
    "Final Communique\n\n"
    "Ministers welcomed the opening of the northern strait and stressed its meaning for trade.\n\n"
    "Ministers reaffirmed that pilots of all four states should be trained alike.\n\n"
    "Ministers took note of a report on buoys and agreed to return to it in the spring.\n\n"
    "Ministers expressed their thanks to the town of Tunvik for its hospitality."
)
SPEECH = (
    "Speech by the Minister of Ports at the opening of the pier\n\n"
    "Ladies and gentlemen, dear friends,\n\n"
    "I am glad to stand here today, where my father tied up his boat when I was a child. We have "
    "waited for this pier longer than I care to say, and we owe it to our children to keep it.\n\n"
    "Let me thank those who built it. They worked through two winters, and I know what we asked."
)
CHRONOLOGY = (
    "Chronology of the pier\n\n"
    "12 May 1996 The council orders a report on the state of the northern pier and its piles.\n\n"
    "3 June 1996 Divers find rot below the water line and photograph the worst of the piles.\n\n"
    "14 February 1997 The council votes to close the pier to all ships until it is mended.\n\n"
    "1 March 1998 The pier is opened again by the minister and a choir of pupils.\n\n"
    "9 May 1999 A storm takes the lamp at its end, which is found on the beach."
)
ENCYCLOPEDIA = (
    "Northern Pier\n\n"
    "The Northern Pier is a pier in Harbour City, built in 1902 and rebuilt in 1998.[1] It is 340 "
    "metres long and carries a lamp.[2]\n\n"
    "It was closed from 1997 to 1998 because its piles had rotted below the water line, which "
    "divers had found in the summer of 1996.[3] The council paid half of the cost.\n\n"
    "See also\n\nList of piers\n\nReferences\n\nExternal links"
)
FACT_SHEET = (
    "Fact Sheet: The Northern Pier\n\n"
    "The pier carries ferries to the islands and is 340 metres long. It is owned by the town and "
    "kept by the port office.\n\n"
    "Two companies use it. About four thousand people cross it on a day in summer."
)


TALK = (
    "Q. When will the pier be open?\n\nA. Before the winter, if the divers finish their work.\n\n"
    "Q. Who pays for the repairs?\n\nA. The ministry pays half of them, and the town the rest.\n\n"
    "Q. And the ferries?\n\nA. They will land at the southern pier until the autumn comes."
)
LABELLED = "\n\n".join(
    f"{n}. The harbour of {town}\n\nPlace: {town} lies on the northern coast and has a pier.\n\n"
    f"Price: {n} crowns a night, more in the summer months.\n\n"
    f"Season: {'is it worth it in winter? No' if n == 1 else 'May to September'}, the ferries stop."
    for n, town in enumerate(("Tunvik", "Marnes", "Orstad", "Vesterby"), 1)
)
OPENING = "The coast has four small harbours in which a boat may lie over night for little money."
COLUMN = "\n\n".join(
    f"I walked to the pier on the {day} and saw that the water had risen over the last plank."
    for day in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)
LINES_OF_TALK = (
    "Me: Will it fall into the water this winter, what do you think of it?\n\n"
    "Ragna: It will not fall into the water this winter, and it never has before.\n\n"
    "Me: And what will you do if it falls with both of us on it?\n\n"
    "Ragna: Then we will have to swim to the beach as the children do in summer."
)
REASONS = "\n\n".join(
    f"{n}. It is the {word} of our piers and we love to walk on it when the evening is warm."
    for n, word in enumerate(("longest", "oldest", "finest", "driest", "last"), 1)
)
TOUR = "\n\n".join(
    f"{day} May in the harbour hall of {town}, which has four hundred seats and no heating"
    for day, town in ((3, "Tunvik"), (5, "Marnes"), (8, "Orstad"), (9, "Vesterby"))
)
PROGRAMME = (
    "Meeting of the ports of the coast\n\nTunvik, 8 May 2003\n\n"
    "1. Welcome by Eva Solheim, Minister of Ports\n2. Remarks by Jan Moe, head of the pilots\n"
    "3. Statement by the mayor of Tunvik\n4. Report of the commission on buoys\n"
    "5. Closing words by the ministers of the four states\n6. Signing of the joint declaration"
)
MENU = (
    "<html><body><ul><li><a href='/faq'>Frequently asked questions</a></li>"
    "<li><a href='/chronology'>Chronology of the pier</a></li></ul><h1>Pier is closed</h1>{}"
    "</body></html>"
)


def judged(text: str, media_type: str = "text/plain") -> documents.Judgement | None:
    """What the page is taken for; body and title as the stages before find them."""
    page = blocks.cut(text, media_type)
    verdicts = furniture.label(page, {}, ())
    story = articles.compose(ids.make("c", text[:9]), "x.example", None, page, verdicts)
    assert isinstance(story, Story)
    return documents.judge(documents.seen(story, page))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("transcript", TRANSCRIPT),
        ("transcript", f"The minister answers\n\n{TALK}"),
        ("statement", DECLARATION),
        ("statement", COMMUNIQUE),
        ("speech", SPEECH),
        ("chronology", CHRONOLOGY),
        ("encyclopedia", ENCYCLOPEDIA),
        ("fact_sheet", FACT_SHEET),
        ("list", PROGRAMME),
    ],
)
def test_each_kind_of_document_is_told_with_its_signs(kind: str, text: str) -> None:
    found = judged(text)
    assert found is not None
    assert (found.document_type, bool(found.evidence)) == (kind, True)


@pytest.mark.parametrize(
    "title",
    [
        "Pier is closed",
        "Declaration is signed at the pier",
        "Agreement reached on the pier",
        "Remarks on the pier draw laughter",
        "Timeline slips for the pier",
    ],
)
def test_a_report_of_a_document_is_a_story(title: str) -> None:
    assert judged(f"{title}\n\nBy Anna Lind\n\n{NEWS}") is None


def test_a_report_that_quotes_much_is_no_speech() -> None:
    quoted = '"I saw it first, and I told my wife that we would lose the pier," Per Lunde said.'
    assert judged(f"Fishermen mourn the pier\n\n{NEWS}\n\n{quoted}\n\n{quoted[:-6]} added.") is None


@pytest.mark.parametrize(
    "text",
    [
        f"Harbours for the summer\n\n{OPENING}\n\n{LABELLED}",
        f"A walk to the pier\n\n{COLUMN}\n\n{LINES_OF_TALK}",
        f"Five reasons to walk on the pier\n\n{OPENING}\n\n{REASONS}",
        f"Band comes to the pier\n\n{COLUMN}\n\n{TOUR}",
    ],
)
def test_a_page_with_labels_talk_reasons_or_dates_in_it_is_a_story(text: str) -> None:
    assert judged(text) is None


def test_a_menu_above_a_story_does_not_say_what_it_is() -> None:
    paragraphs = "".join(
        f"<p>{p}</p>" for p in COLUMN.replace("I walked", "He walked").split("\n\n")
    )
    assert judged(MENU.format(paragraphs), "text/html") is None
