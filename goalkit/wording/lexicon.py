"""The words that decide: verbs by what they promise, nouns by whether anybody could see them.

A verb written with its particle (`stay-up`) is looked up before the verb alone. A noun is looked up as it stands and in
the singular. What is on no list is taken for plain.
"""

import re
from typing import Literal

Sort = Literal[
    "state", "improve", "change", "effort", "learn", "activity", "make", "finish", "act", "unknown"
]


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


# Verbs by what they promise. "stay in": written with its particle, looked up before the verb alone.
STATE = words("be become feel stay remain seem appear am is")
IMPROVE = words(
    "adapt advance align appreciate balance better bring-out broaden care care-about care-for champion "
    "cultivate deepen elevate embrace empower encourage enhance enrich evolve excel flourish foster "
    "give-back harness hone improve inspire level-up leverage live-up maximise maximize motivate nurture "
    "optimise optimize polish progress refine reimagine respect revitalise revitalize revolutionise "
    "revolutionize sharpen step-up streamline strengthen succeed take-care-of thrive transform unleash "
    "unlock uplift upskill value widen"
)
CHANGE = words(
    "accelerate boost curb cut cut-back cut-back-on cut-down decrease diversify expand extend grow "
    "increase lessen limit lose lower minimise minimize raise ramp-up reduce save scale scale-up shorten "
    "slow-down speed-up"
)
EFFORT = words(
    "concentrate concentrate-on emphasise emphasize focus focus-on invest-in pay-attention-to practice "
    "practise prioritise prioritize put-effort-into work-at work-on work-toward work-towards"
)
LEARN = words(
    "brush-up brush-up-on consider deep-dive discover dive-into explore familiarise familiarize "
    "find-out-about follow get-to-know investigate keep-up know learn learn-about look-into master "
    "read-about relearn research study think-about understand"
)
ACTIVITY = words(
    "act assist behave collaborate communicate contribute cooperate delegate engage exercise experiment "
    "help innovate interact lead-by-example listen live maintain manage-stress mingle network observe "
    "open-up participate perform reflect relax rest socialise socialize speak-up strive support think "
    "travel work"
)
# Finished once or never, with an object; without one they go on for ever.
ENDLESS_ALONE = words(
    "blog coach code cook cycle dance draw eat jog journal lead lift manage meditate mentor paint play "
    "post read run sing sleep speak stretch swim teach train walk write"
)
MAKE = words(
    "achieve add attain avoid bring build change clarify conquer create define deliver demonstrate "
    "develop display do drive earn ensure establish exhibit fight find form gain generate get give handle "
    "have instil instill keep lead maintain make manage master overcome own promote provide pursue reach "
    "seek set show take take-on use want"
)
FINISH = words(
    "accomplish choose come-up-with complete decide decide-on eliminate end finish identify list name "
    "pass pick pinpoint quit select settle-on stop think-of"
)
ACT = words(
    "accept allocate allot analyse analyze answer apply appoint approve archive arrange arrive ask "
    "assemble assign attend audit automate award backup bake ban begin block block-off blog book borrow "
    "brew bring buy calculate call cancel carry celebrate certify chair check clean clear climb close "
    "code collect commit compare compile compose conduct configure contact convert convince cook "
    "coordinate copy cover cross cycle date deactivate debug declare dedicate defend delete deliver "
    "deploy design devote digitise digitize discuss document donate double draft drink drive drop edit "
    "elect email enrol enroll enter establish evaluate exchange exhibit explain fast file fill film "
    "finalise finalize fix fly follow-up found fund gather go go-to graduate halve hand hand-in hand-over "
    "hire hold host implement import incorporate install integrate interview introduce invite jog join "
    "jot journal launch lead leave lift log log-off mail manage map mark meditate meet memorise memorize "
    "mentor merge migrate move negotiate nominate note offer open order organise organize outline own "
    "paint paraphrase patch patent pay perform phone photograph pilot pitch plan plant play post practise "
    "prepare present print produce program promote propose prototype prove publish purchase put quadruple "
    "qualify race reach-out read rebuild record recruit redesign reduce refactor register rehearse "
    "release remove renew renovate rent repair repay replace reply report request rerun resign resolve "
    "respond restore retire return review rewrite ride row run say-no say-yes schedule score secure sell "
    "send serve set-apart set-aside set-up settle shadow share ship shoot sign sign-off sign-up sing sit "
    "skip sleep solve speak spend sponsor standardise standardize start state submit subscribe summarise "
    "summarize survey swap swim switch switch-off take-part talk teach tell test thank tidy track train "
    "transfer translate treble triple try tune turn turn-off turn-on tutor unsubscribe update upgrade "
    "upload use validate visit volunteer vote wake wake-up walk wash watch win wire withdraw work-out "
    "write write-down suggest sketch rank rotate pair log collect rate"
)
SORTS: tuple[tuple[Sort, frozenset[str]], ...] = (
    ("state", STATE),
    ("improve", IMPROVE),
    ("change", CHANGE),
    ("effort", EFFORT),
    ("learn", LEARN),
    ("activity", ACTIVITY),
    ("make", MAKE),
    ("finish", FINISH),
    ("act", ACT | ENDLESS_ALONE),
)
SORT_OF: dict[str, Sort] = {verb: sort for sort, verbs in reversed(SORTS) for verb in verbs}
LONGEST = 3

# Nouns that leave open what is meant.
OPEN = words(
    "abilities ability anything area areas aspect aspects capabilities capability "
    "competence competencies everything habit habits interests options possibilities skill skills "
    "skillset skillsets something stuff thing things topic topics way ways "
)
# Nouns that nobody has ever seen.
ABSTRACT = OPEN | words(
    "accountability adaptability advantage agility alignment ambitions anxiety appreciation atmosphere "
    "attention attitude authority autonomy awareness balance belonging best body bond bonds boundaries "
    "boundary brand burnout calm care career change changes charge choices clarity collaboration "
    "commitment communication compassion competitiveness confidence connection connections contribution "
    "contributions control cooperation craft creativity credibility culture decision decisions "
    "development difference discipline distraction distractions diversity dreams dynamics effectiveness "
    "efficiency effort efforts empathy empowerment energy engagement environment esteem example "
    "excellence expectations experience expertise exposure fear fears finances fitness flaws flexibility "
    "focus freedom friendship friendships fun game goals gratitude growth happiness health horizon "
    "horizons image impact improvement improvements inclusion independence influence initiative "
    "innovation insight insights joy judgement judgment kindness knowledge leadership life lifestyle "
    "limits lives meaning mind mindset mistakes morale motivation myself network networking oneself "
    "opportunities opportunity ourselves outlook ownership passion patience peace performance potential "
    "presence priorities procrastination productivity professionalism progress purpose quality rapport "
    "recognition relationship relationships reputation resilience respect responsibilities responsibility "
    "risk risks satisfaction self self-awareness self-care self-confidence self-discipline self-esteem "
    "shape soul stability standards strength strengths stress success synergy talent talents teamwork "
    "themselves thinking ties time tone transparency trust understanding value vibe visibility voice "
    "weakness weaknesses well-being wellbeing wellness wisdom work yourself zone intelligence sense challenge challenges"
)
# What can be seen, heard, held or counted: the things that work leaves behind, events, and numbers that are kept anyway.
VISIBLE = words(
    "1:1 account advert agenda agreement album algorithm analysis announcement api app application "
    "archive arr article audit award backlog backup badge bathroom bed bibliography bike bill blog board "
    "book booklet booth box brief briefing brochure budget bug build business calculator calendar call "
    "campaign canvas capstone car card catalog catalogue certificate certification chapter chart "
    "checklist checkout checkup chore churn ci class cleanup client clinic club code coffee collection "
    "column comic comment committee community company competition concert conference contest contract "
    "conversation conversion cost course coverage cpu csat ctr curriculum customer cv dashboard database "
    "dataset day deadline debt deck defect degree demo deployment desk device diagram diary dictionary "
    "diploma dish dissertation doc docs document documentation downtime draft drawing drill email episode "
    "error essay evaluation event exam exhibit exhibition expense experiment faq feature festival figure "
    "file film flashcard flat flow form forum framework funnel game garage garden gpa grade grades grant "
    "graph guide guideline guitar hackathon handbook handout handover home homepage hour house "
    "illustration inbox incident income index infographic inspection interface internship interview "
    "inventory invoice issue job journal keynote kitchen kpis lab latency lead leaflet lecture lesson "
    "letter library licence license list listing load loan log logo lunch machine magazine mail manual "
    "manuscript map marathon margin marks meal meeting meetup membership memo memory mentor mentorship "
    "menu message metric migration minute mock-up mockup model module money mortgage movie mrr newsletter "
    "note notebook notification novel nps number offer office okrs onboarding-guide order outage overtime "
    "package page pager paint painting pamphlet panel paper parser patch patent patient pdf petition "
    "phone photo piece pilot pipeline pitch plan plant playbook playlist podcast poem policy portfolio "
    "portrait post poster presentation price problem product profile profit program programme project "
    "promotion proof proposal prototype pull-up push-up quiz rack raise rate ratio readme recipe record "
    "recording reel refund regression release rent repo report repository request research-paper resume "
    "retro retrospective revenue review roadmap roi room rota runbook runtime résumé salary sale "
    "sample schedule scholarship score screen script seminar series server session shelf shift shop sign "
    "site sketch sla slide song spec speech spend spreadsheet sprint stall standup statement station "
    "story storyboard strip subscription suite summary summit survey syllabus system table talk target "
    "task tax template term-paper test text theorem thesis ticket time-to-hire tool toolbox tour "
    "tournament track traffic training-plan transcript translation trip turnover tutorial unit update "
    "uptime url user vacation version video visa visit volume wage waitlist walk wardrobe warranty waste "
    "webinar webpage website weight whitepaper wiki word workbook workout workshop workspace "
    "yard"
)
# Before "time", what a clock measures: load time, not family time.
TIMED = words(
    "boot build checkout cycle delivery handling km lap lead load loading onboarding processing race "
    "ramp-up reaction resolution response run start-up startup travel turnaround wait waiting"
)
PARTNERS = words(
    "business client clinic club committee community company customer home house kitchen office patient "
    "shop user"
)
TIME_UNITS = words("time hour minute day week month evening morning afternoon weekend")
QUANTITY = words(
    "bigger consistently earlier faster fewer frequently further higher larger later less longer lower "
    "more most often regularly shorter smaller sooner"
)
QUALITY = words(
    "better calmer cleaner clearer clearly closer confidently deeper effectively efficiently greater "
    "happier harder healthier healthily healthy meaningful meaningfully mindfully proactively "
    "productively properly responsibly richer smarter stronger sustainably well wisely wiser"
)
BARE_QUALITY = QUALITY - words("meaningful healthy well")
TRAILING_QUALITY = QUALITY - words(
    "stronger clearer closer deeper greater cleaner happier calmer wiser richer meaningful"
)
ADJECTIVES = words(
    "abreast accountable active adaptable agile ahead amazing ambitious approachable assertive authentic "
    "aware awesome balanced best better bold bolder brave braver calm calmer comfortable competitive "
    "confident consistent creative curious current decisive disciplined effective efficient empathetic "
    "engaged excellent faster fit fitter flexible focused friendlier good grateful great happier happy "
    "healthier healthy honest humble inclusive independent influential informed innovative inspirational "
    "inspiring intentional involved kind kinder knowledgeable known less likable likeable mindful more "
    "motivated nicer open open-minded openminded optimistic organised organized outspoken patient "
    "perceived positive present proactive productive punctual quicker real recognised recognized "
    "regarded relaxed relevant reliable resilient respected responsible seen self-aware serious sharp "
    "smarter strategic stress-free strong stronger successful supportive top tougher transparent "
    "true trusted up valued visible vocal vulnerable well-rounded wiser world-class receptive sociable outgoing diligent dependable tolerant thoughtful considerate persuasive articulate analytical detail-oriented data-driven goal-oriented self-confident self-reliant energetic enthusiastic passionate fulfilled hands-on"
)
ROLES = re.compile(
    r"\b(?:(?:thought|industry|market|natural|strong|great|good|better|effective|inspiring|true|respected) leaders?"
    r"|leader|role model|team player|go-to \w+|(?:\w+ )?person|rock ?star|ninja|guru|lifelong learner|asset|better \w+|"
    r"(?:good|great|strong) \w+|inspiration|influencer|voice)$"
)
TOPIC_STATES = re.compile(
    r"^(?:an? )?(?:\w+ )?(?:fluent|proficient|conversational|expert|specialist|skilled|literate|versed)\b"
)
PRONOUNS = words("it them this that these those one")
DETERMINERS = words(
    "a all an another any both clear her his its my new other our own some that the their these this "
    "those your"
)
# Words by which an object is a certain one.
POINTERS = words(
    "a all an another any both each every her his its my our own that the their these this those your"
)
STOPS = words(
    "about across after against among around as at because before between beyond by despite during for "
    "from he how i if in including inside into like of on onto outside over per she since so than that they "
    "through to toward towards under unless until upon using via we what when where which while who whom "
    "whose why with within without you"
)
PUNCTUATION = words(", ; : . ! ? ( ) — – …")
LINKS = words("and then & or plus")
# Praise in place of a description.
PRAISE = words(
    "excellent exceptional great outstanding high-quality amazing meaningful world-class remarkable superior"
)
# Verbs of which the object, in a bare plural, is never used up: attend conferences.
NEVER_ALL = words("read write publish attend meet give host take make do watch")
# Verbs that end with the event where they are done: speak at the summit.
STAGED = words("speak sing play dance perform teach lead present")
TIME_GIVERS = words("spend dedicate devote allot allocate set-aside invest-in")
BEFORE_ADJECTIVE = words("a an the as so very really even much")
_LY_NO_ADVERBS = words("apply reply supply rely comply multiply fly imply july family only daily early say")
_NO_LY_ADVERBS = words("also always just often please")


def known(noun: str, nouns: frozenset[str]) -> bool:
    """Whether `noun` or its singular is one of `nouns`."""
    return noun in nouns or (
        noun.endswith("s") and any(n in nouns for n in (noun[:-1], noun[:-2], f"{noun[:-3]}y"))
    )


def abstract(noun: str) -> bool:
    """Whether `noun` is, or by its ending must be, the name of a quality."""
    last = noun.rsplit("-", 1)[-1]
    return (
        known(noun, ABSTRACT)
        or last in ("balance", "care", "being", "awareness", "skills")
        or (len(noun) > 6 and noun.endswith(("ness", "ivity", "ility")))
    )


def adverb(word: str) -> bool:
    """Whether `word` says only how, as far as its ending tells."""
    return word in _NO_LY_ADVERBS or (word.endswith("ly") and word not in _LY_NO_ADVERBS)
