"""Whether a goal's sentence says what will be done (specific) and when it is done (measurable).

Words decide, not grammar: the sentence is cut into clauses, each clause has a verb of some sort and an object that can be
seen or not. Silence is the answer to everything that is not known, other languages included: praise or blame
for the wrong reason is worse than none.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from goalkit.text import fold

MAX_LENGTH = 600

Sort = Literal["state", "improve", "change", "effort", "learn", "activity", "make", "finish", "act", "unknown"]
Role = Literal["main", "means", "purpose"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs by what they promise. "stay in": written with its particle, looked up before the verb alone.
_STATE = _words("be become feel stay remain seem appear am is")
_IMPROVE = _words(
    "improve enhance strengthen refine sharpen hone polish better optimise optimize streamline elevate deepen nurture "
    "foster cultivate embrace encourage empower inspire motivate champion leverage transform revolutionise revolutionize "
    "advance progress evolve thrive excel flourish succeed broaden widen balance value appreciate respect enrich harness "
    "unlock unleash reimagine adapt align uplift revitalise revitalize maximise maximize upskill care "
    "level-up step-up take-care-of give-back care-about care-for bring-out live-up"
)
_CHANGE = _words(
    "increase decrease reduce lower raise cut grow expand boost minimise minimize accelerate speed-up cut-down "
    "cut-back cut-back-on shorten extend scale scale-up lose limit diversify save slow-down ramp-up lessen curb"
)
_EFFORT = _words(
    "practice practise prioritise prioritize emphasise emphasize concentrate-on focus-on work-on work-at work-toward "
    "work-towards pay-attention-to put-effort-into focus concentrate invest-in"
)
_LEARN = _words(
    "learn master understand study explore research know investigate follow keep-up look-into think-about "
    "learn-about read-about familiarise familiarize dive-into deep-dive consider discover brush-up brush-up-on relearn "
    "get-to-know find-out-about"
)
_ACTIVITY = _words(
    "exercise network communicate collaborate cooperate listen participate contribute help support assist engage "
    "interact socialise socialize relax rest delegate speak-up travel mingle reflect observe innovate think experiment "
    "maintain manage-stress strive perform work live act behave lead-by-example open-up"
)
# Finished once or never, with an object; without one they go on for ever.
_ENDLESS_ALONE = _words(
    "read write run walk swim cycle cook code draw paint eat sleep sing dance blog post journal meditate train "
    "teach coach mentor stretch speak lead manage play jog lift"
)
_MAKE = _words(
    "set build create develop establish make find gain achieve take take-on give keep have do attain get reach show "
    "demonstrate display exhibit provide ensure avoid bring instil instill form generate pursue seek want own earn add "
    "handle manage lead deliver maintain overcome use drive promote define clarify conquer fight master change"
)
_FINISH = _words(
    "identify accomplish complete finish choose pick select list pass name pinpoint decide eliminate end quit stop "
    "think-of come-up-with decide-on settle-on"
)
_ACT = _words(
    "accept analyse analyze answer apply appoint approve archive arrange arrive ask assemble assign attend audit automate "
    "award backup bake ban begin block blog book borrow brew bring buy calculate call cancel carry celebrate certify "
    "chair check clean clear climb close code collect commit compare compile compose conduct configure contact convert "
    "convince cook coordinate copy cover cross cycle date deactivate debug declare defend delete deliver deploy design "
    "digitise digitize discuss document donate double draft drink drive drop edit elect email enrol enroll enter "
    "establish evaluate exchange exhibit explain fast file fill film finalise finalize fix fly follow-up found fund gather "
    "go go-to graduate halve hand hand-in hand-over hire hold host implement import incorporate install integrate "
    "interview introduce invite join journal jog jot launch lead leave lift log-off say-no say-yes log mail manage map mark meditate "
    "meet memorise memorize mentor merge migrate move negotiate nominate note offer open order organise organize "
    "outline own paint paraphrase patch patent pay perform phone photograph pilot pitch plan plant play post practise "
    "prepare present print produce program promote propose prototype prove publish purchase put qualify quadruple race "
    "reach-out read rebuild record recruit redesign reduce refactor register rehearse release remove renew renovate rent "
    "repair repay replace reply report request rerun resign resolve respond restore retire return review rewrite ride "
    "row run schedule score secure sell send serve set-up set-aside set-apart settle shadow share ship shoot sign sign-up "
    "sign-off sing sit skip sleep solve speak spend sponsor standardise standardize start state submit subscribe summarise "
    "summarize survey swap swim switch switch-off take-part talk teach tell test thank tidy track train transfer translate "
    "treble triple try tune turn turn-off turn-on tutor unsubscribe update upgrade upload use validate visit volunteer "
    "vote wake wake-up walk wash watch win withdraw work-out wire write write-down dedicate devote allot allocate block-off"
)
_SORTS: tuple[tuple[Sort, frozenset[str]], ...] = (
    ("state", _STATE),
    ("improve", _IMPROVE),
    ("change", _CHANGE),
    ("effort", _EFFORT),
    ("learn", _LEARN),
    ("activity", _ACTIVITY),
    ("make", _MAKE),
    ("finish", _FINISH),
    ("act", _ACT | _ENDLESS_ALONE),
)
_SORT_OF: dict[str, Sort] = {verb: sort for sort, verbs in reversed(_SORTS) for verb in verbs}
_LONGEST = 3

# Nouns that leave open what is meant.
_OPEN = _words(
    "thing things stuff something anything everything skill skills skillset skillsets ability abilities capability "
    "capabilities area areas aspect aspects way ways habit habits topic topics possibilities options challenge "
    "challenges interests win wins competence competencies"
)
# Nouns that nobody has ever seen.
_ABSTRACT = _OPEN | _words(
    "boundary boundaries balance life lives lifestyle wellbeing well-being wellness health fitness shape energy stress "
    "anxiety burnout mindset attitude outlook confidence self-confidence self-esteem esteem resilience patience discipline "
    "self-discipline motivation focus productivity efficiency effectiveness performance excellence quality success "
    "growth development progress potential career network networking brand reputation presence visibility image influence "
    "impact authority credibility trust respect rapport relationship relationships connection connections bond bonds ties "
    "friendship friendships communication collaboration cooperation teamwork leadership culture environment atmosphere morale engagement "
    "satisfaction happiness joy meaning purpose passion creativity innovation knowledge understanding awareness "
    "self-awareness expertise experience insight insights wisdom clarity alignment transparency accountability ownership "
    "initiative responsibility responsibilities autonomy independence freedom stability peace calm self-care "
    "time mind body soul self voice difference example contribution contributions value priorities expectations limits "
    "standards tone change changes improvement improvements effort efforts decision decisions choices judgement judgment "
    "attention recognition exposure control charge care risk risks advantage empathy appreciation gratitude kindness compassion commitment "
    "professionalism flexibility adaptability agility opportunity opportunities horizons horizon zone weakness weaknesses "
    "strengths strength flaws talents talent mistakes fear fears procrastination distraction distractions fun game best "
    "work craft finances dynamics synergy vibe empowerment competitiveness diversity inclusion belonging thinking potential "
    "goals dreams ambitions myself yourself ourselves themselves oneself"
)
# What can be seen, heard, held or counted: the things that work leaves behind, events, and numbers that are kept anyway.
_VISIBLE = _words(
    "account advert agenda agreement album algorithm analysis announcement api app application archive article audit award "
    "badge backlog backup bathroom bed bibliography bike bill blog board book booklet booth box brief briefing brochure bug budget "
    "build business calendar calculator call campaign canvas capstone car card catalogue catalog certificate certification "
    "chapter chart checklist checkout checkup chore class cleanup client clinic club code coffee collection column comic comment "
    "committee community company competition concert conference contest contract conversation conversion cost course coverage cv curriculum "
    "customer dashboard database dataset day deadline debt deck defect degree demo deployment desk device diagram diary dictionary diploma dish "
    "dissertation document documentation doc draft drawing drill email episode error essay evaluation event exam exhibit "
    "exhibition experiment expense faq feature festival figure file film flashcard flat flow form forum framework funnel game "
    "garage garden grade grant graph guide guideline guitar hackathon handbook handout handover home homepage house hour "
    "illustration inbox incident income index infographic inspection interface internship interview inventory invoice issue job journal "
    "keynote kitchen lab latency lead leaflet lecture lesson letter library licence license list listing load loan log logo lunch machine magazine "
    "mail manual manuscript map marathon margin meal meeting meetup membership memo menu mentor mentorship menu message metric migration minute "
    "mock-up mockup model module money mortgage movie newsletter note notebook notification novel number offer office onboarding-guide order "
    "outage overtime package page pager paint painting pamphlet panel paper parser patch patent patient pdf petition phone photo piece pilot "
    "pipeline pitch plan plant playbook playlist podcast poem policy portfolio portrait post poster presentation price "
    "problem product profile profit program programme project promotion proof proposal prototype pull-up push-up quiz "
    "rack raise rate ratio readme recipe record recording reel refund regression release rent repo report repository request "
    "research-paper retro retrospective revenue review roadmap room routine rota runbook salary sale sample scholarship schedule score screen script "
    "seminar series server session shelf shift shop sign site sketch slide song spec speech spend spreadsheet sprint stall standup "
    "statement station story storyboard strip subscription suite summary summit survey syllabus system table talk target task tax "
    "template term-paper test text theorem thesis ticket time-to-hire tool toolbox tour tournament track traffic training-plan transcript "
    "translation trip tutorial turnover unit update user vacation version video visa visit volume wage waitlist walk wardrobe "
    "warranty waste website webpage webinar weight whitepaper wiki word workbook workflow workshop workout workspace yard "
    "1:1 churn downtime uptime mrr arr nps csat gpa ctr roi cpu memory url resume résumé docs ci sla okrs kpis marks grades runtime"
)
# Before "time", what a clock measures: load time, not family time.
_TIMED = _words(
    "load loading response lead cycle wait waiting build delivery turnaround startup start-up boot run ramp-up onboarding "
    "processing reaction race checkout km lap travel resolution handling"
)
_PARTNERS = _words("client clinic committee community company customer kitchen office patient shop user club house home business")
_TIME_UNITS = _words("time hour minute day week month evening morning afternoon weekend")
_QUANTITY = _words(
    "more less fewer most faster sooner earlier later longer shorter further higher lower bigger larger smaller"
    " often regularly frequently consistently"
)
_QUALITY = _words(
    "better stronger healthier clearer closer deeper greater smarter cleaner happier calmer wiser richer harder well "
    "effectively efficiently properly wisely healthily meaningful healthy productively mindfully proactively confidently "
    "clearly meaningfully responsibly sustainably"
)
_BARE_QUALITY = _QUALITY - _words("meaningful healthy well")
_TRAILING_QUALITY = _QUALITY - _words("stronger clearer closer deeper greater cleaner happier calmer wiser richer meaningful")
_ADJECTIVES = _words(
    "productive proactive present mindful patient confident organised organized healthy healthier happy happier fit fitter "
    "calm calmer kind kinder positive focused disciplined efficient effective assertive creative strategic visible "
    "successful better good great strong stronger resilient flexible adaptable open openminded open-minded curious grateful motivated "
    "engaged involved aware self-aware accountable responsible reliable supportive inclusive empathetic approachable "
    "innovative independent relevant informed active amazing awesome excellent best balanced well-rounded knowledgeable "
    "comfortable ambitious brave bold honest transparent respected trusted recognised recognized valued influential "
    "authentic humble optimistic decisive vocal outspoken ready competitive agile tidy vulnerable intentional consistent "
    "relaxed less more inspiring inspirational smarter wiser faster quicker stress-free abreast ahead up current "
    "seen perceived regarded bolder braver kinder tougher nicer friendlier known punctual serious real true world-class likeable likable sharp top"
)
_ROLES = re.compile(
    r"\b(?:(?:thought|industry|market|natural|strong|great|good|better|effective|inspiring|true|respected) leaders?"
    r"|leader|role model|team player|go-to \w+|(?:\w+ )?person|rock ?star|ninja|guru|lifelong learner|asset|better \w+|"
    r"(?:good|great|strong) \w+|inspiration|influencer|voice)$"
)
_TOPIC_STATES = re.compile(r"^(?:an? )?(?:\w+ )?(?:fluent|proficient|conversational|expert|specialist|skilled|literate|versed)\b")
_PRONOUNS = _words("it them this that these those one")
_DETERMINERS = _words(
    "a an the my your our their his her its this that these those some any all both another other new clear own of"
)
_STOPS = _words(
    "by in with for at on to from through during so because when while that which who whom whose where within without "
    "into onto about as than per via after before until against between among across over under using including if how what why "
    "i you we they he she toward towards around beyond outside inside like unless upon since despite"
)
_PUNCTUATION = _words(", ; : . ! ? ( ) — – …")
_LINKS = _words("and then & or plus")

_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|hundreds?|thousand|million|dozen"
)
_UNITS = r"(?:business |working |work |calendar )?(?:days?|weeks?|weekends?|months?|quarters?|years?|semesters?|terms?|sprints?)"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SEASONS = "spring|summer|autumn|fall|winter|christmas|easter|new year(?:'s)?(?: eve)?"
_EVENTS = (
    "meeting|standup|stand-up|1:1|sprint|release|review|retro|retrospective|commit|call|class|lesson|session|game|match|"
    "shift|interview|project|meal|lunch|dinner|breakfast|commute|time|email|ticket|pull request|pr|demo|term|semester|"
    "season|payday|flight|trip|ride|chapter|report|deploy|deployment|customer|patient|lecture|rehearsal"
)
_PERIODS = f"days?|workdays?|weekdays?|weeks?|weekends?|months?|quarters?|years?|nights?|mornings?|afternoons?|evenings?|{_WEEKDAY}s?"

# Each pattern becomes a mark in the text; a mark is one token.
_CLOCK, _RHYTHM, _WHEN, _NUMBER, _ONE = "‹clock›", "‹rhythm›", "‹when›", "‹n›", "‹one›"
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), mark)
    for pattern, mark in (
        (r"\b(?:1:1s?|1-1s?|1-on-1s?|one-on-ones?|one on one|one-to-ones?)(?!\w)", " 1:1 "),
        (r"\b24/7\b|\b360(?:[- ]?degree)?\b(?= (?:feedback|review))|\bday-to-day\b|\beach other\b|\bone another\b", " "),
        (r"\b(?:say|saying) '?(no|yes)\b'?", r"say-\1"),
        (r"\bno (?:longer|matter|doubt|one)\b", " "),
        (
            r"\b\d{1,2}[:h]\d\d(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?(?:[ap]\.?m\b\.?|o'clock)|\b(?:noon|midnight|sunrise|sunset)\b",
            _CLOCK,
        ),
        (rf"\b(?:every|each)\s+(?:(?:other|second|third|single|{_NUMBER_WORDS}|\d+)\s+)*(?:work(?:ing)?\s+)?(?:{_PERIODS}|(?:\w+\s+)?(?:{_EVENTS}))\b", _RHYTHM),
        (rf"\b(?:once|twice|thrice)\s+(?:an?|per|every|each|in)\s+(?:{_PERIODS})\b", _RHYTHM),
        (r"\b(?:daily|nightly|weekly|biweekly|bi-weekly|fortnightly|monthly|bimonthly|quarterly|yearly|annually|hourly|every time)\b", _RHYTHM),
        (rf"(?:\bper|/)\s*(?:calendar |work(?:ing)? )?(?:{_PERIODS}|hour|sprint|session|meeting)\b", _RHYTHM),
        (
            rf"\b(an?|one|half|\d\S*|{_NUMBER_WORDS})((?:\s+(?!(?:and|in|for|within|over|to|by|or)\b)[\w'-]+){{1,4}}?)\s+an?\s+(?:{_PERIODS}|sprint)\b",
            r"\1\2 " + _RHYTHM,
        ),
        (rf"\bon\s+(?:weekdays|weekends|workdays|{_WEEKDAY}s)\b|\bat weekends\b|\b{_WEEKDAY}s\b|\bin the (?:mornings|evenings)\b", _RHYTHM),
        (r"\b(?:before|after|at|during|over) (?:bed(?:time)?|breakfast|lunch|dinner|work|school)\b(?! (?:and|\w+ing))", _RHYTHM),
        (
            rf"\b(?:in|over|within|for|during|across|throughout|through|after|inside)\s+(?:the\s+|my\s+|your\s+)?(?:(?:next|coming|following|upcoming|first|last|"
            rf"remaining|rest of the)\s+)?(?:(?:{_NUMBER_WORDS}|one|\d+|an?|few|a few|couple of|several|whole|entire)\s+)?(?:(?:full|consecutive|straight|and a half)\s+)?{_UNITS}\b",
            _WHEN,
        ),
        (
            rf"\b(?:by |before |until |till |at )?(?:the )?(?:year-?end|(?:end|start|beginning|middle) of )(?:(?:the|this|next|my|our) )?"
            rf"(?:{_UNITS}|q[1-4]|h[12]|(?:{_MONTHS})|(?:{_SEASONS})|20\d\d)?\b(?: 20\d\d\b)?",
            _WHEN,
        ),
        (rf"\b(?:by |before |until |in )?(?:this|next|coming|current)\s+(?:{_UNITS}|(?:{_MONTHS})|{_WEEKDAY}|{_SEASONS})\b", _WHEN),
        (rf"\b(?:(?:by|on|before|until|from)\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?)\b(?:,? 20\d\d\b)?", _WHEN),
        (rf"\b(?:by|in|before|until|till|through|from|starting|since|of|on)\s+(?:the\s+)?(?:mid-?\s?|early\s+|late\s+)?(?:{_MONTHS}|{_SEASONS}|{_WEEKDAY}|today|tomorrow|tonight)\b(?: 20\d\d\b)?", _WHEN),
        (r"\b(?:by|in|before|until|for|during|from)?\s*(?:\d{4}-\d\d(?:-\d\d)?|q[1-4](?:[ /-]?20\d\d)?|h[12](?:[ /-]20\d\d)?|20\d\d(?:-[qw]\d+)?)(?!\w)", _WHEN),
        (rf"\b(?:{_MONTHS}) 20\d\d\b|\b(?:today|tomorrow|tonight)\b", _WHEN),
        (rf"(?<![\w.])[-+]?[$€£¥₹]?\s?\d[\d,.]*(?:\s?%|(?:k|m|bn|km|kg|g|h|hrs?|mins?|x|th|nd|rd|st)?(?![\w]))|\b(?:{_NUMBER_WORDS})\b", _NUMBER),
        (r"\b(?:no|zero|never|without|nothing|none|half|twice|single)\b", _NUMBER),
        (r"\b(?:at least )?one\b", _ONE),
    )
)
_NAMED_NUMBER = re.compile(
    r"(?<=[a-z\d,] )([A-Z][\w+#-]*) \d+(?:\.\d+)*(?=$|[.,;)]| (?:in|by|for|at|with|and|to|on|this|next|from)\b)"
)
_MARKUP = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|!?\[([^\]]*)\]\([^)]*\)|[*_`~#]+(?=\S)|(?<=\S)[*_`~]+")
_SUBJECT = re.compile(
    r"(?:(?:goal|objective|aim|okr|kr|key result|resolution)\s*(?:\d+|‹n›)?\s*[:—–-]\s*)?"
    r"(?:(?:my|our) (?:main |big |next )?(?:goal|aim|objective|resolution|plan) (?:‹when› )?is (?:to )?"
    r"|(?:i|we|the team|our team|my team)(?:'d like to|'ll|'m going to| (?:would like to|will|want to|need to|should|must|plan to|"
    r"hope to|am going to|are going to|intend to|aim to))? )?(?:to )?"
)
_LEAD_IN = re.compile(
    r"(?:try(?:ing)? to|aim(?:ing)? to|strive to|seek to|want to|plan to|hope to|wish to|aspire to|commit to|continue to|start to|"
    r"begin to|be able to|be sure to|make sure (?:to|that i|i)|remember to|work to|look to|attempt to|endeavou?r to|decide to|manage to|"
    r"dare to|get to(?= (?!know))|(?:make|put in) (?:an|more of an|every)? ?effort to|find (?:\w+ )?ways? to|look for (?:\w+ )?ways? to|"
    r"find (?:the |more )?time to|take (?:the )?time to|take steps to|(?:hold|challenge|push|force|allow|train|teach|commit) (?:myself|yourself) (?:accountable )?to|"
    r"(?:get in(?:to)?|make it|make|form|build|develop) (?:a|the)? ?habit (?:of|to)|(?:continue|keep on|keep|start|begin|try)(?= \w+ing\b))\s+"
)
_FIRST_PHRASE = re.compile(
    r"(?:(?:the )?next time|when(?:ever)?|after|before|if|during|at|on|in|over|for|by|within|throughout|starting|once|from|as|until|to)\b"
    r"(?! (?:the way)\b)[^,;]*,\s*"
)
_IDIOMS = re.compile(
    r"\b(?:lead(?:ing)? by example|(?:outside|out of) (?:my|your|our|the) comfort zone|(?:go|going) (?:the extra mile|above|beyond)|think(?:ing)? outside the box|"
    r"work(?:ing)? (?:hard|harder|smart|smarter)|do(?:ing)? (?:my|your|our) best|make (?:a|the) difference|(?:up|raise) (?:my|your|our) game|"
    r"put myself out there|believe in myself|be myself|hit the ground running|learn from (?:my |past )?mistakes|keep an open mind|"
    r"take things to the next level|move the needle|step up|level up|give back|stay on top of (?:things|everything)|own (?:my|your) career)\b"
)
_LY_VERBS = _words("apply reply supply rely comply multiply fly imply july family only daily early")
_TOKEN = re.compile(r"‹\w+›|1:1s?|[^\W_][\w'+#/&-]*|[&,;:.!?()—–…]")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a goal's sentence reads.

    `vague` are its words that leave open what will be done, `endless` those by which nobody could tell when it is
    done; each is empty where there is nothing to say.
    """

    vague: str = ""
    endless: str = ""

    @property
    def specific(self) -> bool:
        """Whether the act and the kind of thing are named."""
        return not self.vague

    @property
    def measurable(self) -> bool:
        """Whether a reader could tell from the sentence alone if it was done."""
        return not self.endless


@dataclass(frozen=True, slots=True)
class _Object:
    """What a verb acts on: its last nouns, and the comparison before or after them."""

    heads: tuple[str, ...] = ()
    quantity: bool = False
    quality: bool = False
    words: str = ""

    @property
    def pronoun(self) -> bool:
        return bool(self.heads) and all(h in _PRONOUNS for h in self.heads)

    @property
    def visible(self) -> bool:
        return any(_is(h, _VISIBLE) for h in self.heads)

    @property
    def open(self) -> bool:
        return bool(self.heads) and all(_is(h, _OPEN) for h in self.heads)

    @property
    def abstract(self) -> bool:
        return bool(self.heads) and not self.visible and all(_is_abstract(h) for h in self.heads)


@dataclass(frozen=True, slots=True)
class _Clause:
    """One act of the sentence. `marks` are the numbers, times of day and rhythms in it."""

    role: Role
    verb: str
    sort: Sort
    rest: tuple[str, ...]
    object: _Object
    marks: frozenset[str]

    @property
    def decides(self) -> bool:
        return bool(self.marks & {_NUMBER, _CLOCK, _RHYTHM})

    @property
    def gives_time(self) -> bool:
        """`spend a week on …`: what is done with the time stands elsewhere."""
        return self.verb in ("spend", "dedicate", "devote", "allot", "allocate", "set-aside", "invest-in") and all(
            _is(h, _TIME_UNITS) for h in self.object.heads
        )

    @property
    def words(self) -> str:
        verb = "" if self.sort == "unknown" else self.verb.replace("-", " ")
        return " ".join(w for w in (verb, self.object.words) if w)


def judge(sentence: str) -> Wording:
    """How `sentence`, a goal's title, reads in English."""
    clauses = _clauses(_marked(sentence[:MAX_LENGTH]))
    own = [c for c in clauses if c.role == "main"]
    deciding = [c for c in own if c.decides] or own
    if not deciding:
        return Wording()
    lead = deciding[0]
    helpers = [c for c in clauses if c.role != "main" and _rescues(c)]
    specific = _verdicts(deciding) or _verdicts(own) or [lead.sort in ("finish", "act")]
    measurable = any(_measurable(c) for c in deciding) or any(_measurable(c) for c in helpers)
    return Wording(
        vague="" if any(specific) or helpers else lead.words,
        endless="" if measurable else lead.words,
    )


def _verdicts(clauses: list[_Clause]) -> list[bool]:
    return [verdict for c in clauses if (verdict := _specific(c)) is not None]


def period_named(sentence: str) -> str:
    """The period that `sentence` is about in its own words: week, month, quarter, year; empty for none."""
    found = re.search(r"\bthis (week|month|quarter|year)\b", fold(sentence))
    return found[1] if found else ""


def has_rhythm(sentence: str) -> bool:
    """Whether `sentence` says how often: every workday, twice a month."""
    return _RHYTHM in _marked(sentence[:MAX_LENGTH])


def _marked(sentence: str) -> str:
    """`sentence` folded, without markup, its numbers, times and rhythms as marks."""
    text = _MARKUP.sub(lambda m: m[1] or m[2] or "", sentence).replace("’", "'").replace("‘", "'")
    text = re.sub(r"[“”\"]", "", text)
    text = fold(_NAMED_NUMBER.sub(r"\1", text)).replace("‹", " ").replace("›", " ")
    for pattern, mark in _MARKS:
        text = pattern.sub(f" {mark} " if mark.startswith("‹") else mark, text)
    return " ".join(text.split())


def _clauses(text: str) -> list[_Clause]:
    text, carried = _without_first_phrase(text)
    text = _SUBJECT.sub("", text, count=1) if (m := _SUBJECT.match(text)) and m.end() else text
    tokens = _TOKEN.findall(text)
    pieces = _cut(tokens)
    clauses = [c for role, piece in pieces if (c := _clause(role, piece)) is not None]
    if clauses and carried:
        clauses[0] = replace(clauses[0], marks=clauses[0].marks | carried)
    return clauses


def _without_first_phrase(text: str) -> tuple[str, frozenset[str]]:
    """`text` without a phrase before its first comma that only says when, and the marks of that phrase."""
    carried: frozenset[str] = frozenset()
    while True:
        text = text.lstrip(" ,;:.-–—")
        lead = re.match(r"(?:(?:‹when›|‹rhythm›|‹clock›)[ ,:;-]*)+", text) or _FIRST_PHRASE.match(text)
        if not lead or lead.end() == len(text):
            return text, carried
        carried |= frozenset(_TOKEN.findall(lead[0])) & {_CLOCK, _RHYTHM}
        text = text[lead.end() :]


def _cut(tokens: list[str]) -> list[tuple[Role, list[str]]]:
    """The tokens of each clause with the part it plays; only a known verb begins a new one."""
    pieces: list[tuple[Role, list[str]]] = [("main", [])]
    at = 0
    while at < len(tokens):
        role, skipped = _opens(tokens, at, pieces[-1][1])
        if role is None:
            pieces[-1][1].append(tokens[at])
            at += 1
        else:
            pieces.append((role, []))
            at += skipped
    return pieces


def _opens(tokens: list[str], at: int, before: list[str]) -> tuple[Role | None, int]:
    """The part of the clause that begins at `at`, and how many words lead to its verb; none if none begins."""
    word = tokens[at]
    if not before:
        return None, 0
    if word in ("by", "through", "via", "while", "with", "using") and (means := _means(tokens, at)):
        return "means", means
    if word == "to" and _verb_at(tokens, at + 1) and before[-1] not in ("able", "up", "forward") and len(before) > 1:
        return "purpose", 1
    if word == "so" and at + 1 < len(tokens):
        return "purpose", 1
    if word in _LINKS or word in (",", ";", "—", "–", ".", ":"):
        skip = 1
        while at + skip < len(tokens) and (tokens[at + skip] in _LINKS or tokens[at + skip] in ("also", "to", _WHEN, ",")):
            skip += 1
        if _verb_at(tokens, at + skip) and _goes_on(tokens, at + skip):
            return "main", skip
    return None, 0


def _means(tokens: list[str], at: int) -> int:
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if following.endswith("ing") and tokens[at] in ("by", "through", "via", "while"):
        return 1
    thing = _object(tokens[at + 1 :])
    partner = tokens[at] == "with" and all(_is(h, _PARTNERS) for h in thing.heads)
    return 1 if tokens[at] not in ("while", "by") and thing.visible and not partner else 0


def _verb_at(tokens: list[str], at: int) -> bool:
    return at < len(tokens) and tokens[at] != "work" and _verb(tokens[at:])[1] != "unknown"


def _goes_on(tokens: list[str], at: int) -> bool:
    """Whether the verb at `at` has something after it, so that it is no noun in a list."""
    following = tokens[at + _verb(tokens[at:])[2] :][:1]
    return bool(following) and following[0] not in _STOPS - {"to", "with", "for", "about", "on", "at", "how", "what"} and following[0] not in _PUNCTUATION


def _clause(role: Role, tokens: list[str]) -> _Clause | None:
    text = " ".join(tokens)
    while lead := _LEAD_IN.match(text):
        text = text[lead.end() :]
    words = _TOKEN.findall(text)
    early: list[str] = []
    while words and (_is_adverb(words[0]) or words[0].startswith("‹") and words[0] not in (_NUMBER, _ONE)):
        early.append(words.pop(0))
    if not words:
        return None
    verb, sort, length = _verb(words)
    if sort == "improve" and verb == "better" and len(words) > 1 and _verb(words[1:])[1] != "unknown":
        early.append("better")
        words = words[1:]
        verb, sort, length = _verb(words)
    rest = tuple(words[length:])
    thing = _object(list(rest))
    if _BARE_QUALITY & set(early):
        thing = replace(thing, quality=True)
    if not thing.heads and sort in ("act",) and verb in _ENDLESS_ALONE:
        sort = "activity"
    if _IDIOMS.search(text):
        sort = "improve"
    return _Clause(role, verb, sort, rest, thing, frozenset(t for t in tokens if t.startswith("‹")))


def _is_adverb(word: str) -> bool:
    return word in ("also", "always", "just", "finally", "often", "better", "please") and word != "better" or (
        word.endswith("ly") and word not in _LY_VERBS
    )


def _verb(words: list[str]) -> tuple[str, Sort, int]:
    """The verb at the start of `words` with its particles, its sort, and its length in words."""
    bases = _bases(words[0])
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for base in bases:
            verb = "-".join((base, *words[1:length]))
            if verb in _SORT_OF:
                return verb, _SORT_OF[verb], length
    return words[0], "unknown", 0


def _bases(word: str) -> tuple[str, ...]:
    """The forms of which `word` may be the -ing form, itself first."""
    if not word.endswith("ing") or len(word) < 5:
        return (word,)
    stem = word[:-3]
    doubled = (stem[:-1],) if len(stem) > 2 and stem[-1] == stem[-2] else ()
    return (word, stem, f"{stem}e", *doubled)


def _object(rest: list[str]) -> _Object:
    """The object at the start of what follows a verb."""
    phrase: list[str] = []
    for word in rest:
        if word in _STOPS or word in _PUNCTUATION or word in (_WHEN, _RHYTHM, _CLOCK) or word == "of":
            break
        phrase.append(word)
    shown = " ".join(w for w in phrase if not w.startswith("‹"))
    tail = [w for w in rest if not w.startswith("‹") and w not in _PUNCTUATION][-1:]
    quantity = bool(phrase and phrase[0] in _QUANTITY) or bool(tail and tail[0] in _QUANTITY)
    quality = bool(phrase and phrase[0] in _BARE_QUALITY) or bool(tail and tail[0] in _TRAILING_QUALITY)
    while phrase and (phrase[-1] in _QUANTITY | _TRAILING_QUALITY or _is_adverb(phrase[-1])):
        quality |= phrase[-1] in _TRAILING_QUALITY
        quantity |= phrase[-1] in _QUANTITY
        phrase.pop()
    return _Object(_heads(phrase), quantity, quality, shown)


def _heads(phrase: list[str]) -> tuple[str, ...]:
    """The last noun of each part of `phrase`: of `hard or soft skills` there is one, skills."""
    parts = [
        [w for w in part.split() if w not in _DETERMINERS - _PRONOUNS and not w.startswith("‹")]
        for part in re.split(r" (?:and|or|&|then|plus) ", " ".join(phrase))
    ]
    if len(parts[-1]) > 1:
        parts = [p for p in parts[:-1] if len(p) > 1] + parts[-1:]
    return tuple(_head(part) for part in parts if part and part[-1] not in _QUANTITY)


def _head(nouns: list[str]) -> str:
    timed = nouns[-1] in ("time", "times") and len(nouns) > 1 and nouns[-2] in _TIMED
    return "latency" if timed else nouns[-1]


def _is(word: str, known: frozenset[str]) -> bool:
    return word in known or any(s in known for s in _singulars(word))


def _singulars(word: str) -> tuple[str, ...]:
    if not word.endswith("s") or word.endswith("ss"):
        return ()
    return (word[:-1], word[:-2], f"{word[:-3]}y")


def _is_abstract(word: str) -> bool:
    return _is(word, _ABSTRACT) or word.rsplit("-", 1)[-1] in ("balance", "care", "being", "awareness", "skills") or (
        len(word) > 6 and word.endswith(("ness", "ivity", "ility"))
    )


def _specific(clause: _Clause) -> bool | None:
    """Whether the act and the kind of thing are named; None where the clause only points back (`do it`)."""
    thing, sort = clause.object, clause.sort
    counted = _NUMBER in clause.marks and not thing.open
    if _CLOCK in clause.marks or (counted and not (sort == "state" and thing.quality)):
        return True
    if sort == "state":
        return not _vague_state(clause)
    if thing.pronoun:
        return False if sort in ("improve", "change") else None
    if thing.quality:
        return False
    if clause.gives_time:
        return None
    if sort == "improve":
        return thing.visible
    if sort == "change":
        return not thing.abstract and bool(thing.heads or not _only_manner(clause.rest))
    if sort == "learn":
        return not thing.open and bool(thing.heads or len(clause.rest) > 1)
    if sort == "effort":
        return _RHYTHM in clause.marks or not thing.abstract
    if sort in ("make", "activity") or not thing.heads:
        return not (thing.abstract or _vague_complement(clause) or _vague_manner(clause))
    return not (thing.abstract if sort == "unknown" and len(clause.rest) <= 5 else thing.open)


def _measurable(clause: _Clause) -> bool:
    thing, sort = clause.object, clause.sort
    if clause.marks & {_CLOCK, _NUMBER}:
        return not (thing.open and sort in ("improve", "state"))
    if _ONE in clause.marks and sort not in ("improve", "state", "change"):
        return True
    if sort == "state":
        return not (_vague_state(clause) or _TOPIC_STATES.match(" ".join(clause.rest)))
    if sort in ("improve", "change"):
        return False
    if _RHYTHM in clause.marks:
        return True
    if thing.quantity or (thing.quality and not thing.pronoun) or "up to date" in " ".join(clause.rest):
        return False
    if sort in ("effort", "learn", "activity") or (clause.gives_time and thing.heads == ("time",)):
        return "next" in clause.rest
    if sort == "make":
        return not (thing.abstract or _vague_complement(clause))
    if sort == "unknown" and len(clause.rest) <= 5:
        return not thing.abstract
    return True


def _rescues(clause: _Clause) -> bool:
    """Whether a means or a purpose says by itself what will be seen."""
    thing = clause.object
    if thing.quality or thing.quantity or clause.sort in ("improve", "state", "change", "learn", "effort", "activity"):
        return False
    if clause.role == "means":
        return thing.visible or clause.sort in ("act", "finish") or bool(clause.marks & {_CLOCK, _NUMBER})
    return clause.sort in ("act", "finish", "make") and (thing.visible or clause.decides)


def _vague_state(clause: _Clause) -> bool:
    """Whether `be …` or `become …` names a quality and not a thing that happens."""
    words = [w for w in clause.rest if not w.startswith("‹")]
    while words and (_is_adverb(words[0]) or words[0] in ("a", "an", "the", "as", "so", "very", "really", "even", "much")):
        words.pop(0)
    if not words or "than" in words:
        return False
    if words[0] in _ADJECTIVES or words[0].endswith("able") or words[0] in _BARE_QUALITY:
        return True
    return bool(_ROLES.search(" ".join(clause.object.words.split()).strip())) and "team leader" not in clause.object.words


def _only_manner(rest: tuple[str, ...]) -> bool:
    words = [w for w in rest if not w.startswith("‹") and not _is_adverb(w)]
    return not words or words[0] in ("as", "in")


def _vague_manner(clause: _Clause) -> bool:
    """`lead with empathy`: no object, and a quality after the preposition."""
    return clause.rest[:1] in (("with",), ("for",), ("towards",)) and _object(list(clause.rest[1:])).abstract


def _vague_complement(clause: _Clause) -> bool:
    """`get better`, `keep calm`, `do more`: a making verb with a quality in place of an object."""
    if clause.verb not in ("get", "keep", "do", "make"):
        return False
    words = [w for w in clause.object.words.split() if not _is_adverb(w)]
    return bool(words) and len(words) <= 2 and words[0] in _ADJECTIVES | _QUANTITY and not clause.object.visible
