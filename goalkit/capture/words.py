"""The words that decide what a number is for: verbs of change, of holding and of spending, qualifiers, metrics.

Tables are texts of words parted by blanks, with `_` for the space inside a phrase; `one_of` makes a pattern of
them. Other marks are those of regular expressions.
"""

import re


def table(text: str) -> frozenset[str]:
    """The entries of a table of single words."""
    return frozenset(text.split())


def one_of(table: str) -> str:
    """A pattern for any entry of `table`; of entries that begin alike, the longer comes first."""
    entries = sorted(table.split(), key=len, reverse=True)
    return "(?:" + "|".join(entry.replace("_", r"\s+") for entry in entries) + ")"


def _inflected(table: str) -> str:
    """A pattern for the verbs of `table`, also as in `reducing`, `cutting`, `raised`.

    There is no form in -s: it is as often a plural noun (`price increases`).
    """
    return one_of(" ".join(_forms(verb) for verb in table.split()))


def _forms(verb: str) -> str:
    if verb.endswith("e") and len(verb) > 3:
        return verb[:-1] + "(?:e|ed|ing)"
    return verb + "(?:d|ed|ing|ting|ping|ming|ging|ning|pped|mmed)?"


_CLASSES = {
    "up": """increase raise grow lift boost improve expand double triple scale build bump strengthen up push advance
        elevate extend enlarge quadruple""",
    "down": """cut reduce lower decrease drop shrink slash trim halve shorten lessen minimi[sz]e bring_down get_down
        curb narrow pare scale_back scale_down wind_down tighten""",
    "either": "bring get take move change shift go turn transition",
    "reach": "reach hit attain pass surpass exceed cross top achieve score",
    "hold": "keep maintain stay remain sustain hold hover",
    "limit": "limit restrict cap confine stick ration",
    "spend": "spend pay invest use budget",
}
_NOT_A_NOUN = r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bmy )(?<!\bpay )(?<!\bper )(?<!\bmake )"
# A verb of one of these classes, its class being the group that matched.
VERB = re.compile(
    rf"(?<![\w'-]){_NOT_A_NOUN}"
    rf"(?:{'|'.join(f'(?P<{name}>{_inflected(table)})' for name, table in _CLASSES.items())})(?![\w'-])(?<!\breach(?=\sout\b))(?<!\breaching(?=\sout\b))"
    r"(?<!\bturn(?=\s(?:down|up|off|on|in)\b))(?<!\bturning(?=\s(?:down|up|off|on|in)\b))(?<!\btake(?=\son\b))"
    r"(?<!\bscale(?=\s(?:back|down)\b))(?<!\bkeep(?=\sin\stouch\b))(?<!\bstay(?=\sin\stouch\b))"
)
_TO_CHANGE = f"(?:{_inflected(_CLASSES['up'])}|{_inflected(_CLASSES['down'])}|bring|get|take)"
CHANGE_TO_NUMBER = re.compile(rf"\b{_TO_CHANGE}\b[^,;.]*\b(?:to|by|from)\b[^,;.]*\d")

METRICS = one_of(
    """e?nps score rate rating average gpa margin level share accuracy uptime availability coverage balance revenue
    income salary turnover total attendance satisfaction retention utili[sz]ation conversion growth occupancy compliance
    adherence mark grade churn latency speed mrr arr csat engagement yield weight pace response"""
)
SUMS = one_of(
    """total average minimum maximum max min mean median sum goal target series set batch limit cap quota
    ceiling number"""
)
_CHANGE_NOUNS = (
    """increase reduction growth improvement rise boost cut drop decrease decline gain jump uplift saving"""
)
CHANGE = one_of(_CHANGE_NOUNS)
_COMPARED = "more fewer less higher lower faster better"
MORE = one_of(_COMPARED)
CHANGES = one_of(f"{_CHANGE_NOUNS} {_COMPARED}")

AT_LEAST = one_of(
    """at_least at_the_very_least at_minimum no_fewer_than no_less_than not_fewer_than not_less_than a_minimum_of
    minimum minimum_of min more_than over above upwards?_of north_of greater_than exceeding beyond better_than
    higher_than >= > ≥"""
)
AT_MOST = one_of(
    """at_most at_the_very_most no_more_than not_more_than never_more_than no_longer_than no_greater_than
    no_higher_than no_later_than less_than fewer_than lower_than smaller_than shorter_than under below beneath
    a_maximum_of maximum maximum_of max max_of not_exceed not_exceeding within at_or_below at_or_under not_over
    no_over only <= < ≤"""
)
UP_TO = one_of("up_to as_many_as as_much_as")
ABOUT = one_of(
    """about around roughly approximately approx\\.? nearly almost exactly precisely some another a an the my our your
    his her their its these those all both even just only full first top new overall altogether currently today's
    an?_additional an?_extra an?_average_of an?_average a_total_of a_further a_combined a_full a_whole or_so or_above
    the_current the_next least"""
)
OR_MORE = one_of(
    """or_more or_higher or_above or_better or_greater or_over and_above and_over and_up at_least at_the_least minimum
    min plus"""
)
OR_LESS = one_of(
    """or_less or_fewer or_below or_lower or_under or_shorter or_faster at_most at_the_most maximum max tops
    and_no_more and_not_more and_under"""
)

# What one wants less of: `up to 30 minutes of social media` is a cap, `up to four hours of focus` an aim.
VICES = re.compile(
    r"\b"
    + one_of(
        """social_media tv television phone screen emails? news coffees? alcohol overtime meetings? games? gaming
        scrolling sugar drinks? beers? wine cigarettes? snacks? youtube netflix twitter tiktok instagram reddit slack
        interruptions?"""
    )
    + r"\b"
)
LESS_IS_BETTER = re.compile(
    r"\b"
    + one_of(
        """churn costs? errors? bugs? complaints? absences? absenteeism turnover attrition latency debt waste defects?
        accidents? incidents? delays? downtime wait_times? waiting_times? response_times? backlog expenses? spending
        overtime bounce_rate weight returns? refunds? meetings? budget inbox stand-?ups?"""
    )
    + r"\b"
)

# Verbs that bring forth what they name, so that the thing is what is counted: `send updates`.
MAKE = one_of(
    """send write publish post hold share host run record give deliver make produce create release ship submit
    conduct do have lead organi[sz]e teach attend complete finish read issue file draft film perform facilitate
    offer schedule provide prepare"""
)
# Verbs that are done each time: `host a monthly lunch`, not `create a monthly report template`.
PERFORM = one_of(
    """take taking attend go_to visit keep write post send publish hold share host run record give deliver submit
    conduct do have lead teach read issue film facilitate offer present perform ship deploy release produce
    organi[sz]e coordinate complete celebrate provide prepare"""
)
# Before `to VERB`, these make it what is done and not what it is for: `volunteer to lead two workshops`.
AIM = one_of(
    """aim try commit committing plan want volunteer volunteering work learn continue start begin manage strive need
    hope resolve decide sure accountable train goal is myself yourself promise intend pledge prepare able time going
    target like have get challenge up push seek vow dedicated agree offer way ready hours? minutes? using"""
)
VERBS = one_of(
    """accept achieve add address advance allow analy[sz]e answer apply approve arrange ask assess attend automate
    avoid be become begin boost bring build buy call carry challenge change check clean clear close coach collect
    come communicate complete conduct connect contribute cook cover create cut deal debug decide define delegate
    deliver demonstrate deploy design develop discover discuss do document draft drive earn ease eat encourage engage
    enhance ensure exceed exercise expand explain explore feel file find finish fix focus gain gather generate get
    give go grow handle have help hire hold identify implement improve increase inform inspire interview introduce
    invest invite join keep know land launch lead learn leave let listen live look lose lower maintain make manage
    map measure meet mentor migrate move negotiate network offer open organi[sz]e overcome pass pay perform pick
    pitch plan play polish practi[cs]e prepare present prevent produce propose protect prove provide publish raise
    read reach receive record recruit reduce reflect refresh relax release remember remove replace research resolve
    rest review run save say schedule secure see sell send set share ship show sign simplify skip sleep solve spend
    spot start stay stop streamline strengthen study submit support switch take talk teach test think track train
    translate travel try turn understand update upgrade use visit volunteer walk watch win work write"""
)
