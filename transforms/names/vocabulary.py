"""Words of newspaper English that tell a person's name from any other run of capitals.

Lists of common words only, no names: what is printed before a person (titles, ranks, trades,
kin), what people do and things do not, and what makes a run of capitals a thing.
"""

from __future__ import annotations

from collections.abc import Mapping

from transforms.words import word_set

HONORIFICS = word_set(
    "baron baroness count countess dame dr earl frau herr lady lord madame mademoiselle messrs "
    "miss mister mlle mme monsieur mr mrs ms mx señor señora sheikha signor signora sir viscount"
)
RANKS = word_set(
    "adm admiral air alderman amb ambassador archbishop assemblyman assemblywoman ayatollah "
    "bishop brig brigadier capt captain cardinal cmdr col colonel commander commodore congressman "
    "congresswoman constable corporal councillor councilman councilwoman cpl cpt deacon det "
    "detective emir emperor father gen general gov insp inspector judge justice king lieutenant "
    "lt maj major marshal metropolitan mullah officer patriarch pope pres prince princess prof "
    "professor pvt queen rabbi rear rep rev reverend sen senator sergeant sgt sheik sheikh "
    "sheriff sultan superintendent supt undersheriff"
)
# Nouns of work and standing: printed before a name they tell a person, but name no office.
ROLES = word_set(
    "academic accountant activist actor actress adviser advisor agent aide ally ambassador "
    "analyst anchorman anchorwoman architect artist assassin assistant astronaut athlete attorney "
    "author aviator ballerina banker baritone barrister baseman bassist batsman billionaire "
    "biographer biologist bishop blogger bodyguard boss bowler boxer broadcaster broker "
    "businessman businesswoman candidate captain cartoonist catcher celebrity cellist chairman "
    "chairperson chairwoman champion chancellor chef chemist chief choreographer cinematographer "
    "clerk climber coach columnist comedian comic commander commentator commissioner composer "
    "conductor constable contender contestant coordinator cornerback coroner correspondent "
    "councilman councilwoman counsel counsellor courtier creator cricketer crooner curator "
    "cyclist dancer defenceman defendant defender defenseman delegate dentist deputy deserter "
    "designer dictator diplomat director dissident diver doctor driver drummer economist editor "
    "educator electrician employee engineer entertainer entrepreneur envoy executive expert "
    "explorer farmer fighter filmmaker firefighter fisherman footballer foreman founder frontman "
    "fugitive fullback gangster geologist goalie goalkeeper golfer governor guitarist gunman "
    "gymnast hacker head headmaster headmistress headteacher heavyweight heir heiress hijacker "
    "historian hitter host hostage housewife illustrator imam inmate inspector interpreter "
    "investigator investor janitor jockey journalist judge juror killer landlord lawmaker lawyer "
    "leader lecturer legislator librarian lieutenant linebacker lineman lobbyist magician "
    "magistrate magnate manager marathoner mathematician mayor mechanic mediator member "
    "meteorologist midfielder migrant millionaire miner minister missionary mobster mogul monitor "
    "monk mother motorist mountaineer musician negotiator neurologist newscaster newsreader "
    "nominee novelist nun nurse observer officer official oligarch ombudsman organiser organizer "
    "outfielder owner painter paralegal paramedic parliamentarian passenger pastor pathologist "
    "patient pediatrician pensioner percussionist pharmacist philanthropist philosopher "
    "photographer physicist pianist pilot pitcher player playwright plumber poet policeman "
    "policewoman politician pollster preacher premier presenter president priest principal "
    "prisoner producer professor programmer prosecutor protester protestor provost psychiatrist "
    "psychologist publicist publisher puncher quarterback ranger rapper rebel receiver "
    "receptionist referee reformer refugee reporter representative researcher resident "
    "restaurateur rider rookie rower runner sailor saxophonist scholar scientist screenwriter "
    "sculptor secessionist secretary seismologist senator servant shooter shopkeeper shortstop "
    "singer skater skier skipper slugger smuggler socialite sociologist soldier solicitor "
    "songwriter soprano specialist spokesman spokesperson spokeswoman sportscaster sprinter spy "
    "star starlet statesman statistician stockbroker strategist striker student stuntman "
    "superintendent supervisor surgeon survivor suspect swimmer teacher teammate technician "
    "teenager televangelist tenor terrorist theologian therapist toddler trainer translator "
    "trooper trumpeter trustee tycoon umpire undertaker vendor veteran vicar victim videographer "
    "violinist vocalist volunteer waiter waitress warden warlord wicketkeeper winemaker winger "
    "witness wrestler writer youngster"
)
QUALIFIERS = word_set(
    "acting assistant associate caretaker chief deputy designate elect ex executive first former "
    "incoming interim junior late lead longtime new newly onetime outgoing permanent prominent "
    "retired second senior shadow then top under undersecretary veteran vice visiting"
)
# With one of these before it, it is not the office itself; nor with one that says it is over.
ALTERING = word_set("deputy vice assistant associate shadow undersecretary")
NOT_NOW = word_set("former ex late then retired onetime elect designate incoming")
TITLES = HONORIFICS | RANKS
UNMAKING = ALTERING | NOT_NOW
STANDING = TITLES | ROLES
# Kin and company: "her husband X"; unlike a role it is kept in no office.
KIN = word_set(
    "aunt boyfriend brother colleague companion cousin dad daughter father fiance fiancee fiancé "
    "fiancée friend girlfriend granddaughter grandfather grandmother grandson husband mom mother "
    "mum neighbor neighbour nephew niece partner sister son spouse stepdaughter stepfather "
    "stepmom stepmother stepson twin uncle widow widower wife"
)
# What a person has: "X's wife", "X's funeral".
BELONGINGS = word_set(
    "agent appearance arrest attorney aunt body boyfriend brother career children coach colleague "
    "companion cousin dad daughter death face family father fiance fiancee fiancé fiancée friend "
    "funeral girlfriend granddaughter grandfather grandmother grandson home husband lawyer "
    "lawyers life manager mom mother mum murder neighbor neighbour nephew niece parents partner "
    "performance publicist rep representative resignation sister son speech spokesman spokeswoman "
    "spouse stepdaughter stepfather stepmom stepmother stepson trial twin uncle voice widow "
    "widower wife"
)
PARTICLES = word_set("al ben bin da dal de del della den der di dos du el ibn la le van von zu")
SPEECH = word_set(
    "acknowledged added adds admitted alleged announced announces apologised apologized argued "
    "argues asked believed believes boasted claimed commented complained conceded concedes "
    "concluded confessed confirmed confirms contended countered cried decided declared declares "
    "denied denies described emphasised emphasized exclaimed explained expressed hinted hoped "
    "hopes insisted joked knew laments maintained mentioned mused noted notes observed pleaded "
    "pledged pointed praised predicted promised protested quipped recalled recounted reiterated "
    "remarked remembered repeated replied responded revealed said saying says shouted sighed "
    "smiled spoke stated stressed suggested swore tells testified thinks thought told tweeted "
    "urged urges vowed warned warns whispered writes wrote"
)
# What people do and hardly anything else, behind a name.
DEEDS = word_set("died married plead pleaded resigned retired sang starred surrendered testified")
# Words that take a capital without being part of a person's name.
NOT_A_NAME = word_set(
    "a about according across actually african after afterwards again against alas all almost "
    "alone along already also although always am american among an and another any apr april arab "
    "are as asian ask asked at aug august be because been before besides better beyond both "
    "british briton but by californian can catholic certainly christmas clearly come consider "
    "could currently dear dec december democrat democrats despite did do does dozens during "
    "dutchman each earlier easter edt eight eleven englishman englishmen englishwoman enough "
    "especially est european even ever every everybody everyone everything exactly except feb "
    "february few finally first five follow following for forget former fortunately four frankly "
    "frenchman friday from further generally get give given gmt go god got had half hardly has "
    "have he hello help hence her here his hopefully how however hundreds i if in including "
    "indeed initially inside instead into irishman is islam it its jan january jew jewish jul "
    "july jun june just keep last late later let like likewise listen literally look lots mainly "
    "make making many march may maybe me meanwhile might monday more most mostly much muslim must "
    "my near nearly never new next nine no nobody none nonetheless nor not nothing nov november "
    "now nowhere obviously oct october of off officials often oh ok okay old on once one only or "
    "other others otherwise our out over overall own particularly people perhaps please plus pm "
    "police possibly previously probably protestant quite rather really recent recently "
    "regardless remember republican republicans roughly same saturday say scotsman second see sep "
    "sept september seven several she should simply since six so some somebody somehow someone "
    "something sometimes somewhat somewhere soon sorry spaniard start still such suddenly sunday "
    "sure surely take ten texan than thank thanks that the their them then there therefore these "
    "they this those though thousands three through throughout thursday thus to today together "
    "tomorrow tonight too towards try tuesday twelve twice two typically under unfortunately "
    "unless unlike until up upon us usually various very via view was watch we wednesday welcome "
    "well welshman were what whatever when whenever where wherever whether which while who "
    "whoever whose why will with within without would wow yeah yes yesterday yet you your"
)
# A run of capitals with one of these is the name of something that is no person.
NOT_A_PERSON = word_set(
    "76ers academy accord accounting act advisors affairs agency agreement airbus airlines "
    "airport airways album alliance america american angeles apartments appliances arena army "
    "artillery artists arts associates association astros athletics auditorium authority "
    "automobile ave avenue aviation award awards band bank bankers base battalion bay beach bears "
    "bengals bible blazers board boeing bomb books boulevard bowl boxing braves brewers bridge "
    "brigade broadcasting broncos brothers bruins buccaneers bucks building bulletin bulls bureau "
    "cable cafe camp campaign canal canyon capitol carnival casino castle catering cathedral "
    "cavaliers cavs celtics center central centre century certification championship "
    "championships channel chapel chapter chargers charter chronicle church cinema circle circuit "
    "city classic clinic clippers cloud club coalition coast college colts command commission "
    "committee community companies company computer concert concerto conference congress "
    "consulting contest controller convention cooperative core corp corporation corps council "
    "county courier court courthouse cowboys creamery creek crisis crusade cubs cup cyclone daily "
    "dairy dam data day declaration deco defence defense department derby desert development "
    "dialogue diamondbacks digital diocese district division doctrine dodgers dollar dolphins "
    "dome duma dynasty eagles earth earthquake east eastern economy edition education electric "
    "electronics elementary embassy emergency empire energy enterprise enterprises entertainment "
    "equipment era estate euro europe european evening exchange exhibition expo express factory "
    "falcons falls farm farms fashion federal federation festival film final finals fitness "
    "flames fleet flood flyers football force forces foreign fort forum foundation freeway friday "
    "front fund fusion gallery games garden gardens gazette geological giants globe gmbh "
    "government grammy grammys grizzlies group guide guild gulf gym hall harbor hawks health "
    "heights herald high highway hill hills history hit hms holdings holiday holocaust homes "
    "hornets hospital hospitals hotel hotels house human hurricane ibf ibo inaugural inc "
    "independent index industries information ins institute insurance intelligence international "
    "internet investments island islands jail jazz jets journal justice kingdom knicks lab "
    "laboratories laboratory labour labs lake lakers lakes land language laws league legion "
    "library limited lions llc llp los lounge ltd machine magazine magic maid mail manufacturing "
    "marathon marina mariners market marlins mavericks medal media medical medicine meeting "
    "memorial metropolitan mets middle military mine mining ministry mission model monument "
    "mosque motel motor motors mount mountain mountains movement mt municipal museum music "
    "national nationals nations navy nets network networks news newspaper newspapers north "
    "northern novel nuggets nv observatory ocean office oil oilers olympic olympics online open "
    "operation operations orchestra organisation organization orioles oscar oscars outlook "
    "overture pacific pact padres palace panthers parade parish park parks parkway parliament "
    "partners partnership party path patriots peace penguins peninsula penitentiary phillies "
    "pictures pie pipeline pirates pistons pizza plan plant plaza plc police pool port post "
    "predators premiership presbyterian press primary prison prix prize process productions "
    "products program programme project property province publications publishing qaeda quarterly "
    "radio railway rams rangers raptors ras ravens reactor realty records red reds redskins reef "
    "regiment region rehab rehabilitation relations report republic republican rescue research "
    "reserve resolution resort restaurant revenue review rights rim river road roads rockets "
    "rockies royal royals runway saga saints salon sanctuary school schools science sciences "
    "scientists sea seahawks season secretariat section securities security semifinal semifinals "
    "senate sequel series service services sharks shelter ship shop shopping show shrine "
    "simulator sixers social society software solutions sons south southern sox spa space "
    "spacecraft speedway sports springs spurs square stadium staff stage standard star state "
    "states station steelers stock stores storm strait street strip studio studios subcommittee "
    "subway suite summit sun sunday suns super superior supply supreme survey symphony syndrome "
    "system systems tablet tax taxi team tech technologies technology telecom telegraph "
    "television temple terminal terrace territory texans theater theatre theatres tigers "
    "timberwolves times titans tour tourism tournament tower towers town township trade trail "
    "trailblazers training transit transport treaty tribe tribune trilogy trophy tropical truck "
    "trust tube tunnel twins typhoon union unit united university uprising uss utilities valley "
    "vikings village volcano volume wall war warriors waterfront wba wbc wbo website weekend "
    "weekly west western wildlife winter women workers workshop world worldwide yankees yearbook "
    "youth zone zoo"
)
# Behind a name these leave it a mention of its bearer: "the Clinton Administration".
BEARERS = word_set("administration cabinet government house")
# Things that are surnames too: "Anita Hill", "Doris Day".
SURNAMES_TOO = word_set(
    "bank bible board bush castle church class day field flood ford forest hall hill "
    "house king lake land lane "
    "law laws moor north page park parks price prince rice rivers road rose sharp south star "
    "stage street wall ward "
    "waters well wells west wood woods young farm garden camp banks bishop chancellor driver "
    "farmer judge marshal painter pope priest runner savage singer"
)
# Behind these a name is where something is, not who: "at Victoria Park".
AT = word_set("at in near on the")
# Roles that teams, companies and states have too: alone they tell no person.
SHARED_ROLES = word_set(
    "champion contender creator delegate founder heavyweight host investor leader member nominee "
    "observer official owner president producer publisher receiver regulator rookie star survivor "
    "suspect victim witness"
)
# Short forms of given names, and what they are short for.
SHORT_FORMS: Mapping[str, tuple[str, ...]] = {
    short: tuple(full.split(","))
    for short, full in (
        pair.split(":")
        for pair in (
            "abe:abraham alex:alexander,alexandra andy:andrew art:arthur "
            "barb:barbara becky:rebecca ben:benjamin bernie:bernard beth:elizabeth bill:william "
            "billy:william bob:robert bobby:robert cathy:catherine charlie:charles "
            "chris:christopher,christian,christine chuck:charles cindy:cynthia dan:daniel "
            "danny:daniel dave:david debbie:deborah dick:richard don:donald doug:douglas "
            "ed:edward,edwin eddie:edward frank:francis,franklin fred:frederick gene:eugene "
            "gerry:gerald greg:gregory hank:henry harry:harold,henry jack:john jake:jacob "
            "jan:janet "
            "jeff:jeffrey jen:jennifer jenny:jennifer jerry:gerald,jerome jim:james jimmy:james "
            "joe:joseph joey:joseph johnny:john jon:jonathan josh:joshua kate:katherine,catherine "
            "kathy:katherine,kathleen ken:kenneth kim:kimberly larry:lawrence len:leonard "
            "leo:leonard,leopold liz:elizabeth lou:louis maggie:margaret marty:martin matt:matthew "
            "meg:margaret mick:michael mike:michael mitch:mitchell mo:maurice,mohamed molly:mary "
            "nancy:anne nate:nathan,nathaniel ned:edward nick:nicholas norm:norman "
            "pat:patrick,patricia peggy:margaret pete:peter phil:philip,phillip ray:raymond "
            "rick:richard ricky:richard rob:robert robbie:robert ron:ronald ronnie:ronald "
            "rudy:rudolph russ:russell sally:sarah sam:samuel,samantha sandy:alexander,sandra "
            "stan:stanley steve:stephen,steven sue:susan ted:edward,theodore terry:terence,theresa "
            "tim:timothy toby:tobias tom:thomas tommy:thomas tony:anthony,antonio val:valerie "
            "vic:victor vince:vincent walt:walter will:william zach:zachary"
        ).split()
    )
}
# Verbs that a name at the head of a sentence goes on with.
AUXILIARIES = word_set("also and did does had has is may might was will would")
# Behind a name, and no part of what it is compared by.
SUFFIXES = word_set("jr jnr sr ii iii iv")
# What only a person does, behind a surname that is printed alone.
HUMAN = SPEECH | DEEDS | word_set("herself himself never refused went who whose")
