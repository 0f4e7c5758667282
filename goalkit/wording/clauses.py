"""A marked sentence cut into clauses: each a verb of some sort, its object, and the marks beside it."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from goalkit.wording import lexicon as lex
from goalkit.wording.lexicon import Sort
from goalkit.wording.marks import CLOCK, NUMBER, ONE, RHYTHM, WHEN

Role = Literal["main", "means", "purpose"]
_TOKEN = re.compile(r"‹\w+›|1:1s?|[^\W_][\w'+#/&-]*|[&,;:.!?()—–…]")
_LONGEST_VERB = 3

_SUBJECT = re.compile(
    r"(?:(?:goal|objective|aim|okr|kr|key result|resolution) ?(?:‹n›)? ?[:—–-] ?)?"
    r"(?:(?:my|our) (?:(?:main|big|next) )?(?:goal|aim|objective|resolution|plan) (?:‹when› )?is (?:to )?"
    r"|(?:i|we|(?:the |our |my )team)(?:'d like to|'ll|'m going to| (?:would like to|will|want to|need to|should|must|plan to|"
    r"hope to|am going to|are going to|intend to|aim to))? )?(?:to )?"
)
# Words before the verb that carries the meaning.
_LEAD_IN = re.compile(
    r"(?:(?:try(?:ing)?|aim(?:ing)?|strive|seek|want|plan|hope|wish|aspire|commit|continue|start|begin|be able|be sure|"
    r"remember|work|look|attempt|endeavou?r|decide|manage|dare|get(?= to (?!know))) to|make sure (?:to|that i|i)|"
    r"(?:make|put in) (?:(?:an|more of an|every) )?effort to|(?:find|look for) (?:\w+ )?ways? to|"
    r"find (?:(?:the|more) )?time to|take (?:the )?time to|take steps to|"
    r"(?:hold|challenge|push|force|allow|train|teach|commit) (?:my|your)self (?:accountable )?to|"
    r"(?:get in(?:to)?|make it|make|form|build|develop) (?:(?:a|the) )?habit (?:of|to)|"
    r"(?:continue|keep on|keep|start|begin|try)(?= \w+ing\b)) "
)
_FIRST_PHRASE = re.compile(
    r"(?:(?:the )?next time|when(?:ever)?|after|before|if|during|at|on|in|over|for|by|within|throughout|starting|once|from|as|"
    r"until|to)\b[^,;]*,\s*"
)
_IDIOM = re.compile(
    r"\b(?:lead(?:ing)? by example|(?:outside|out of) (?:my|your|our|the) comfort zone|(?:go|going) (?:the extra mile|above|beyond)|"
    r"think(?:ing)? outside the box|work(?:ing)? (?:hard|harder|smart|smarter)|do(?:ing)? (?:my|your|our) best|make (?:a|the) difference|"
    r"(?:up|raise) (?:my|your|our) game|put (?:my|your)self out there|believe in (?:my|your)self|be (?:my|your)self|hit the ground running|"
    r"learn from (?:(?:my|your|past) )?mistakes|keep an open mind|(?:to|reach) the next level|be there for|move the needle|step up|level up|give back|(?:get|stay|keep|be) (?:back )?in(?:to)? shape|rais(?:e|ing) (?:my|our|your) profile|"
    r"stay on top of (?:things|everything)|own (?:my|your) career)\b"
)


@dataclass(frozen=True, slots=True)
class Object:
    """What a verb acts on: its last nouns, how often or how well, and its words as typed."""

    heads: tuple[str, ...] = ()
    quantity: bool = False
    quality: bool = False
    bare: bool = False
    words: str = ""

    @property
    def pronoun(self) -> bool:
        """Whether it only points back."""
        return bool(self.heads) and all(h in lex.PRONOUNS for h in self.heads)

    @property
    def visible(self) -> bool:
        """Whether somebody could see, hear, hold or count it."""
        return any(lex.known(h, lex.VISIBLE) for h in self.heads)

    @property
    def open(self) -> bool:
        """Whether it leaves open what is meant."""
        return bool(self.heads) and all(lex.known(h, lex.OPEN) for h in self.heads)

    @property
    def abstract(self) -> bool:
        """Whether nobody has ever seen it."""
        return bool(self.heads) and not self.visible and all(lex.abstract(h) for h in self.heads)


@dataclass(frozen=True, slots=True)
class Clause:
    """One act of the sentence: what is done, by what means, or for what purpose."""

    role: Role
    verb: str
    sort: Sort
    rest: tuple[str, ...]
    object: Object
    marks: frozenset[str]

    @property
    def decides(self) -> bool:
        """Whether a number, a time of day or a rhythm stands in it."""
        return not self.marks.isdisjoint((NUMBER, CLOCK, RHYTHM))

    @property
    def gives_time(self) -> bool:
        """Whether it is `spend a week on …`: what is done with the time stands elsewhere."""
        return self.verb in lex.TIME_GIVERS and all(lex.known(h, lex.TIME_UNITS) for h in self.object.heads)

    @property
    def words(self) -> str:
        """Its verb and object as typed, in small letters."""
        verb = "" if self.sort == "unknown" else self.verb.replace("-", " ")
        return " ".join(w for w in (verb, self.object.words) if w)


def clauses(text: str) -> list[Clause]:
    """The clauses of a marked sentence, in its order."""
    text, carried = _without_first_phrase(text)
    if subject := _SUBJECT.match(text):
        text = text[subject.end() :]
    found = [c for role, tokens in _cut(_TOKEN.findall(text)) if (c := _clause(role, tokens)) is not None]
    if found and carried:
        found[0] = replace(found[0], marks=found[0].marks | carried)
    return found


def _without_first_phrase(text: str) -> tuple[str, frozenset[str]]:
    """`text` without phrases before a comma that only say when or why, and the marks in them."""
    carried: frozenset[str] = frozenset()
    while True:
        text = text.lstrip(" ,;:.-–—")
        phrase = re.match(r"(?:‹(?:when|rhythm|clock)›[ ,:;-]*)+", text) or _FIRST_PHRASE.match(text)
        if not phrase or phrase.end() == len(text):
            return text, carried
        carried |= frozenset(_TOKEN.findall(phrase[0])) & {CLOCK, RHYTHM}
        text = text[phrase.end() :]


def _cut(tokens: list[str]) -> list[tuple[Role, list[str]]]:
    """The tokens of each clause with the part it plays; only a known verb begins a new one."""
    pieces: list[tuple[Role, list[str]]] = [("main", [])]
    at = 0
    while at < len(tokens):
        role, lead = _opening(tokens, at) if pieces[-1][1] else (None, 0)
        if role == "purpose" and len(pieces[-1][1]) < 2 and tokens[at] == "to":
            role = None  # `learn to swim`
        if role is None:
            pieces[-1][1].append(tokens[at])
            at += 1
        else:
            pieces.append((role, []))
            at += lead
    return pieces


def _opening(tokens: list[str], at: int) -> tuple[Role | None, int]:
    """The part of the clause that begins at `at`, and how many words lead to its verb; none if none begins."""
    word = tokens[at]
    if word in ("by", "through", "via", "while", "with", "using"):
        return ("means", 1) if _is_means(word, tokens[at + 1 :]) else (None, 0)
    if word == "to":
        return (
            ("purpose", 1) if tokens[at - 1] not in ("able", "up") and _verb_at(tokens, at + 1) else (None, 0)
        )
    if word == "so":
        return "purpose", 1
    if word not in lex.LINKS and word not in (",", ";", "—", "–", ".", ":"):
        return None, 0
    lead = 1
    while at + lead < len(tokens) and tokens[at + lead] in lex.LINKS | {"also", "to", WHEN, ","}:
        lead += 1
    return ("main", lead) if _verb_at(tokens, at + lead) and _goes_on(tokens, at + lead) else (None, 0)


def _is_means(word: str, following: list[str]) -> bool:
    """Whether `by taking …`, `through weekly letters` begins; `with` a partner is no means, nor is `by` an amount."""
    if following and following[0].endswith("ing") and word not in ("with", "using"):
        return True
    thing = _object(following)
    partner = word == "with" and all(lex.known(h, lex.PARTNERS) for h in thing.heads)
    return word not in ("while", "by") and thing.visible and not partner


def _verb_at(tokens: list[str], at: int) -> bool:
    return at < len(tokens) and tokens[at] != "work" and _verb(tokens[at:])[1] != "unknown"


def _goes_on(tokens: list[str], at: int) -> bool:
    """Whether the verb at `at` has something after it, so that it is no noun in a list."""
    following = tokens[at + _verb(tokens[at:])[2] :][:1]
    ends = lex.PUNCTUATION | lex.STOPS - {"to", "with", "for", "about", "on", "at", "how", "what"}
    return bool(following) and following[0] not in ends


def _clause(role: Role, tokens: list[str]) -> Clause | None:
    text = " ".join(tokens)
    while lead := _LEAD_IN.match(text):
        text = text[lead.end() :]
    words = _TOKEN.findall(text)
    while words and (lex.adverb(words[0]) or words[0] in (CLOCK, RHYTHM, WHEN)):
        del words[0]
    better = words[:1] == ["better"] and _verb_at(words, 1)
    words = words[1:] if better else words
    if not words:
        return None
    verb, sort, length = _verb(words)
    thing = _object(words[length:])
    if verb in lex.ENDLESS_ALONE and not thing.heads:
        sort = "activity"
    if _IDIOM.search(text):
        sort, thing = "improve", Object(words=thing.words)
    marks = frozenset(t for t in tokens if t.startswith("‹"))
    return Clause(
        role, verb, sort, tuple(words[length:]), replace(thing, quality=better or thing.quality), marks
    )


def _verb(words: list[str]) -> tuple[str, Sort, int]:
    """The verb at the start of `words` with its particles, its sort, and its length in words."""
    for length in range(min(_LONGEST_VERB, len(words)), 0, -1):
        for base in _bases(words[0]):
            verb = "-".join((base, *words[1:length]))
            if verb in lex.SORT_OF:
                return verb, lex.SORT_OF[verb], length
    return words[0], "unknown", 0


def _bases(word: str) -> tuple[str, ...]:
    """`word` and the forms of which it may be the -ing form."""
    if not word.endswith("ing") or len(word) < 5:
        return (word,)
    stem = word[:-3]
    doubled = (stem[:-1],) if stem[-1] == stem[-2] else ()
    return (word, stem, f"{stem}e", *doubled)


def _object(rest: list[str]) -> Object:
    """The object at the start of what follows a verb."""
    ends = (*lex.PUNCTUATION, WHEN, RHYTHM, CLOCK)
    stop = next((i for i, word in enumerate(rest) if word in lex.STOPS or word in ends), len(rest))
    phrase = rest[:stop]
    shown = " ".join(w for w in phrase if not w.startswith("‹"))
    first = phrase[:1]
    last = [w for w in rest if not w.startswith("‹") and w not in lex.PUNCTUATION][-1:]
    quantity = not lex.QUANTITY.isdisjoint((*first, *last))
    bare = bool(first) and first[0] not in lex.POINTERS and first[0] not in (NUMBER, ONE)
    quality = not (lex.BARE_QUALITY | lex.PRAISE).isdisjoint(first) or not lex.TRAILING_QUALITY.isdisjoint(
        last
    )
    while phrase and (phrase[-1] in lex.QUANTITY | lex.TRAILING_QUALITY or lex.adverb(phrase[-1])):
        quality |= phrase[-1] in lex.TRAILING_QUALITY
        quantity |= phrase[-1] in lex.QUANTITY
        phrase = phrase[:-1]
    return Object(_heads(phrase), quantity, quality, bare, shown)


def _heads(phrase: list[str]) -> tuple[str, ...]:
    """The last noun of each part of `phrase`: of `hard or soft skills` there is one, skills."""
    parts = [
        [w for w in part.split() if w not in lex.DETERMINERS - lex.PRONOUNS and w not in (NUMBER, ONE)]
        for part in re.split(r" (?:and|or|&|then|plus) ", " ".join(phrase))
    ]
    if len(parts[-1]) > 1:
        parts = [p for p in parts[:-1] if len(p) > 1] + parts[-1:]
    return tuple(_head(part) for part in parts if part and part[-1] not in lex.QUANTITY)


def _head(nouns: list[str]) -> str:
    """The noun that decides: of `stress level`, stress; of `load time`, something that a clock measures."""
    before, last = (nouns[-2] if len(nouns) > 1 else ""), nouns[-1]
    if before in lex.TIMED and last in ("time", "times"):
        return "latency"
    if before == "quick" and last in ("win", "wins"):
        return "thing"
    return before if before and last in ("level", "levels") else last
