"""Common words of newspaper English beside and inside the names of bodies, places and things."""

from __future__ import annotations

from transforms.words import word_set

WHERE = word_set("across around at from in inside into near outside to toward towards")
AGENTS = word_set("against between by for than versus vs with")
DETERMINERS = word_set("a an another every its each any some")
OWNERS = word_set("her his my our s their your")
MANY = word_set("are were have")
ONE = word_set("is was has does")
# Who and what a body has, right behind its name.
STAFF = word_set(
    "analyst analysts attorney boss captain ceo chairman chief coach commander customers deal "
    "defender employees engineers executive executives fans founder goalkeeper headquarters "
    "investors management manager midfielder officer officers officials owner owners player "
    "players president product products quarterback representative representatives share "
    "shareholders shares source sources spokesman spokesperson spokeswoman staff stock striker "
    "subsidiary supporters team users winger worker workers"
)
# Common nouns that end the names of bodies, and those that end names of places and of things.
BODY_HEADS = word_set(
    "advisers advisors airlines airways architects artists associates attorneys bakery bankers "
    "books brewery bros brothers builders bulletin cable capital center centre chemicals "
    "chronicle clinic club college communications computer computers consulting courier creamery "
    "daily dairy design dispatch electric electronics energy enterprises entertainment express "
    "farms films financial foods gazette guardian herald hospital hotels industries inquirer "
    "insider insurance interactive international investments journal laboratories labs leader "
    "magazine maritime media monitor motors network networks news newspapers observer oil "
    "orchestra partners petroleum pharmaceuticals pictures post press productions products "
    "prospectus publishing radio records recovery register repair reporter research resources "
    "restaurants review scouts securities semiconductor services shop software solutions standard "
    "star stores studios sun systems team technologies technology telecom telegraph television "
    "times tribune tv university watch weekly wire works"
)
PLACE_HEADS = word_set(
    "airport alley arena ave avenue avenues base bay beach blvd boulevard bridge building canal "
    "cape castle cathedral cemetery church city coast corridor county courthouse creek desert "
    "district drive east falls forest freeway garden gardens glacier green gulf hall harbor "
    "harbour heights highway hill hills house inlet island islands jail lake lane mount mountain "
    "mountains mt north ocean palace park parkway pass peninsula plaza point port prison province "
    "ridge river road saddle school sea south springs square stadium station strait street temple "
    "theater theatre tower towers town township valley village wall west"
)
THING_HEADS = word_set(
    "accord act afternoon age agreement amendment article award awards ball bible bill bowl case "
    "celsius challenge championship championships crisis cup day deal depression dollar draft era "
    "euro event exhibition expo fahrenheit festival film final finals fire flu fund fusion game "
    "games glory gold hour hurricane law list marathon medal model month morning movie night "
    "novel offensive olympics open operation pie plan playoffs prize project prospect protocol "
    "race register report revolution rights round season series show song storm summit super "
    "syndrome tax tour tournament treaty trial trophy version war warming week weekend world year"
)
# What an article is about tells what a capital in it may be: a team or a company.
SPORT = word_set(
    "ball baseball basketball bout boxer boxing champion championship coach coaching cricket "
    "defeat defeated defense fight football forward game games goal goals hockey injured injury "
    "inning knee league manager match nets offense player players playoff playoffs points "
    "quarterback rookie roster score scored season seasons soccer starter striker team teammate "
    "teams title touchdown trade trainer veteran win wins won yards"
)
TRADE = word_set(
    "acquire acquired acquisition billion brand business buy ceo chip chips companies company "
    "consumers contract corporate customers deal earnings executive firm industry investors "
    "launch maker market merger million products profit quarter retailer revenue sales sell share "
    "shares software stock studio supplier technology venture"
)
SMALL = word_set(
    "a after also an and as at before but by can could during for from had has have he her his "
    "how if in into is it its last may might must no not of off on once or our out over she "
    "should since so than that the their then there they this through to today tomorrow under "
    "until up was were what when where which while who why will with would yesterday"
)
# Words that are none by themselves and yet open the names of many bodies.
OPENERS = word_set(
    "american best big british european first general international little new old united"
)
