"""A better wording for a title: its own words with a number in them where that works, else one of the same field."""

import re

from goalkit.text import fold

_BROAD = "Write down one small step every Friday"
# The first that is found in the title gives the example.
FIELDS: tuple[tuple[str, str], ...] = (
    (r"boundar|work[- ]life|balance|overtime|switch(?:ing)? off", "Leave work by 17:30 every workday this month"),
    (r"public speaking|presentation|present(?:ing|er)\b|stage|speaker", "Give a ten-minute talk at two team meetings"),
    (r"feedback|criticism", "Ask one colleague for feedback after each presentation"),
    (r"listen", "Ask two questions before I answer, in every 1:1 this month"),
    (r"communicat|transparen|clarity|align", "Send the team a five-line summary every Friday"),
    (r"collaborat|teamwork|team ?player|co-?operat|silo", "Pair with one colleague for an hour every week"),
    (r"relationship|trust|rapport|bond|connect|friend", "Have coffee with one colleague from another team every week"),
    (r"network|contacts", "Have coffee with two new people every month"),
    (r"thought leader|reputation|brand|visib|recogni|profile|presence|authority|influen", "Publish one article a month until December"),
    (r"leader|lead\b|inspir|role model|manager|mentor", "Hold a 30-minute 1:1 with each team member every two weeks"),
    (r"delegat|responsib|ownership|initiative|accountab", "Take over the weekly release from September on"),
    (r"focus|distract|concentrat|deep work|attention|procrastinat", "Work ninety minutes with the chat closed every morning"),
    (r"\btime\b|organi[sz]ed|plan(?:ning)?\b|productiv|efficien|priorit|disciplin", "Plan the week in 20 minutes every Monday by 9:00"),
    (r"sleep|rest(?:ed)?\b|tired|energy", "Be in bed by 22:30 five nights a week"),
    (r"health|fit(?:ter|ness)?\b|shape|exercis|sport|weight|body|strong(?:er)?\b", "Walk 30 minutes every workday"),
    (r"stress|calm|relax|mindful|anxi|wellbeing|well-being|wellness|self-care|burn-?out|happ|myself|life\b", "Take a 20-minute walk without the phone every day"),
    (r"confiden|assert|brave|bold|courage|voice|opinion|comfort zone|speak(?:ing)? up", "Say one opinion in every team meeting this month"),
    (r"creativ|innovat|idea", "Sketch three ideas every Friday"),
    (r"stay|keep(?:ing)? up|up to date|current|trend|technolog|thinker", "Read one article of my field every workday and note one sentence"),
    (r"weakness|grow|develop|potential|career|promot|professional", "Ask my manager for two things to learn, and finish one by June"),
    (r"writ(?:e|ing)|author|blog", "Write 300 words every morning"),
    (r"money|financ|sav(?:e|ing)|budget|debt", "Put aside 200 a month"),
    (r"customer|client|user|service|patient", "Ask five customers a month what they miss"),
    (r"sales|revenue|profit|market|growth", "Win two new customers a month"),
    (r"culture|morale|environment|inclusi|divers|happi|motivat", "Begin each weekly meeting with one thank-you"),
    (r"quality|code|test|bug|performance|technical|engineer", "Fix two open bugs every week"),
    (r"family|child|kids|partner|parent|home", "Have dinner at home by 18:30 four evenings a week"),
    (r"skill|knowledge|learn|expert|understand", "Finish one course by June and teach the team one thing from it"),
    (r"patien|kind|empath|gratitude|thank|positiv|attitude", "Thank one colleague by name every day"),
    (r"decision|strateg|goal", "Write half a page on each big decision before it is made"),
)  # fmt: skip
_MORE = re.compile(r"(?P<verb>[\w' -]+?) (?P<how>more|fewer|less) (?P<what>[\w-]+(?: [\w-]+)?s)\b", re.ASCII)
_CHANGE = re.compile(
    r"(?:(?P<up>increase|raise|grow|boost|expand)|(?P<down>reduce|decrease|lower|cut|minimi[sz]e)) [\w' -]+",
    re.ASCII,
)
_LEARN = re.compile(
    r"(?P<verb>learn|study|master|practi[sc]e)(?P<what> (?!to\b|how\b|about\b|from\b|more\b|new\b)[\w'+#.]+(?: [\w'+#.]+){0,2})",
    re.ASCII,
)
_PERIOD = re.compile(r",? (?:this|next|in|by|within|over|until|before|during)\b.*$")


def act(title: str) -> str:
    """An example of a title that says what will be done, of the same field as `title`."""
    folded = fold(title)
    return next((example for pattern, example in FIELDS if re.search(rf"\b(?:{pattern})", folded)), _BROAD)


def countable(title: str) -> str:
    """An example with a number, in the words of `title` where they bear one."""
    plain = _PERIOD.sub("", " ".join(title.split()).rstrip(".!"))
    return _more(plain) or _changed(plain) or _learnt(plain) or act(title)


def _more(plain: str) -> str:
    found = _MORE.fullmatch(plain) if len(plain) <= 60 else None
    if not found:
        return ""
    if found["how"] == "more":
        return f"{found['verb']} 3 {found['what']} every month"
    return f"{found['verb']} 5 {found['what']} a week at most"


def _changed(plain: str) -> str:
    found = _CHANGE.fullmatch(plain.lower()) if len(plain) <= 50 else None
    if not found or re.search(r"\d", plain):
        return ""
    return f"{plain} by {'15' if found['up'] else '20'} % by the end of June"


def _learnt(plain: str) -> str:
    found = _LEARN.fullmatch(plain[:1].lower() + plain[1:]) if len(plain) <= 50 else None
    if not found:
        return ""
    return (
        f"{plain} 30 minutes every workday"
        if found["verb"] != "master"
        else f"{plain}: use it in 3 pieces of work"
    )
