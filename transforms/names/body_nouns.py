"""Words of newspaper English that tell the name of an organisation, a treaty or a programme.

Common nouns and adjectives only, no names: what such a name ends in or starts with, and what
says nothing about which one is meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from transforms.words import word_set

# With one word that is nobody else's they are a name: "Harrow Foundation", "University of Ghent".
OWN_NOUNS = word_set(
    "academy airlines airways bank college consortium corp corporation diocese federation "
    "foundation gmbh inc institute institution laboratories laboratory library llc llp ltd museum "
    "orchestra party plc polytechnic symphony trust university"
)
# These need the name of a place or a person, or two words that say which one is meant.
NOUNS_OF_MANY = word_set(
    "agency alliance assembly association authority board broadcasting bureau coalition commission "
    "committee company confederation council court department exchange federation fund group guild "
    "hospital league ministry organisation organization parliament partnership secretariat "
    "senate society syndicate tribunal union"
)
# These are bodies only where their initials stand behind the name: "Karsk Relief Front (KRF)".
WEAK_NOUNS = word_set(
    "army brigade brigades campaign center centre command conference congress corps force forces "
    "front guard movement office service services staff unit"
)
TREATY_NOUNS = word_set("accord accords convention pact protocol treaty")
PROGRAMME_NOUNS = word_set("initiative program programme")
NOUNS: Mapping[str, str] = {
    **dict.fromkeys(OWN_NOUNS | NOUNS_OF_MANY | WEAK_NOUNS, "organisation"),
    **dict.fromkeys(TREATY_NOUNS, "treaty"),
    **dict.fromkeys(PROGRAMME_NOUNS, "programme"),
}
# What bodies of every country and trade are called.
GENERIC = NOUNS.keys() | word_set(
    "administration admissions advanced affairs agricultural agriculture aid air anti appeals arms "
    "arts atomic audit aviation big border budget business central chief childrens circuit "
    "citizens city civic civil coast commerce commercial common communist community competition "
    "conduct conservative constitution constitutional consumer control cooperation county criminal "
    "crisis cultural culture customs defence defense democratic development district drug east "
    "eastern economic economics economy education election elections electoral emergency "
    "employment energy enforcement environment environmental equal ethics executive export "
    "external family federal finance financial fire fish fisheries food foreign forest forestry "
    "free game gaming general grand great green health high higher highway home homeland house "
    "housing human humanitarian immigration independent industrial industries industry information "
    "inquiry insurance intelligence interim interior internal international investigation "
    "investment joint judicial judiciary jury justice juvenile labor labour land law left legal "
    "legislative liberal licensing local magistrates main management marine maritime medical "
    "mental military mining monetary municipal national natural naval new news north northern "
    "nuclear old open organising organizing parks parliamentary parole peace people peoples "
    "permanent petroleum planning police political port post preparatory press prison "
    "privatisation procurement property provincial public publishing racing radio rail railway "
    "railways ratings red regional regulatory relations religious republican research resources "
    "review revolutionary right rights road royal rules rural safety school science sciences "
    "scientific second securities security selection senior sentencing service sheriff sheriffs "
    "small social socialist software south southern space special sports standards standing state "
    "states statistics steering stock strategic students superior supervisory supreme surveillance "
    "tax technical technology telecommunications television theater theatre third trade traffic "
    "training transitional transport transportation travel treasury tribal under united upper "
    "urban veterans village volunteer wage water weather welfare west western wildlife womens work "
    "workers works world youth zoning"
)
# Behind a noun these lead on to what it is for: "Institute for War Studies", "Bank of Harrow".
OF = word_set("against for of")
# These are also about something: "Council on Foreign Relations".
ADVISING = word_set("commission committee conference council subcommittee")
