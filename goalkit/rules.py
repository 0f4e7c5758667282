"""The catalogue: every kind of finding, with why it matters and an example of wrong and right.

1xx is about reading a file, 2xx about how files hang together, 3xx is coaching. `goalkit explain CODE` and
docs/rules.md are made from these records.
"""

from goalkit.diagnostics import Rule

NOT_UTF8 = Rule(
    "GK101",
    "not-utf-8",
    "error",
    "reading",
    "Notes are UTF-8 text. A file in another encoding, or one that is not text, cannot be read without guessing, "
    "and guessing would change letters. goalkit never rewrites such a file.",
    "a file saved as UTF-16 or Latin-1",
    "the same file saved as UTF-8",
)
UNREADABLE = Rule(
    "GK102",
    "unreadable-file",
    "error",
    "reading",
    "The file could not be read: no permission, not a regular file, a link that leads out of the vault, or larger "
    "than `max-file-size` in goalkit.toml (1 MiB unless set). Everything else was read.",
    "goals/learn-go.md is a link to /etc/hosts",
    "a regular file inside the vault",
)
CONFLICT = Rule(
    "GK103",
    "conflict-marker",
    "error",
    "reading",
    "git left its conflict markers in the file. Until somebody chooses, the goal is private and no command writes to it.",
    "<<<<<<< HEAD\n- 2026-03-06: 12\n=======\n- 2026-03-06: 13\n>>>>>>> phone",
    "- 2026-03-06: 12",
)
FENCE = Rule(
    "GK104",
    "front-matter",
    "error",
    "reading",
    "Front matter begins on the very first line with `---` and ends at the next `---`, each alone on its line. "
    "Anything else is read as text, and then fields such as `visibility` would silently not count.",
    "---\ntitle: Learn Go\nA note without the second fence",
    "---\ntitle: Learn Go\n---\n\nA note with it",
)
YAML = Rule(
    "GK105",
    "yaml-syntax",
    "error",
    "reading",
    "Front matter is one `key: value` a line (YAML). A value with `: `, or one that begins with a special character, "
    "needs quotes.",
    "title: Learn: Go",
    'title: "Learn: Go"',
)
YAML_FEATURE = Rule(
    "GK106",
    "yaml-feature",
    "error",
    "reading",
    "Anchors, aliases, merge keys, tags, directives, a second document and deep nesting are refused: no goal needs "
    "them, Obsidian cannot edit them, and they are how a small file makes a large mess.",
    "title: &t Learn Go",
    'title: "Learn Go"',
)
DUPLICATE_KEY = Rule(
    "GK107",
    "duplicate-key",
    "error",
    "reading",
    "A field stands twice, often after a merge. goalkit does not choose for you.",
    "due: 2026-06-30\ndue: 2026-09-30",
    "due: 2026-09-30",
)
UNKNOWN_KEY = Rule(
    "GK108",
    "unknown-key",
    "warning",
    "reading",
    "A field is spelled almost like a known one, so it probably is meant to be that one, and does not count as it "
    "stands. Other fields of your own are kept and never mentioned.",
    "visiblity: shared",
    "visibility: shared",
)
BAD_WORD = Rule(
    "GK109",
    "unknown-word",
    "error",
    "reading",
    "Some fields take one of a few words: type, status, horizon, visibility.",
    "status: actve",
    "status: active",
)
BAD_DATE = Rule(
    "GK110",
    "date",
    "error",
    "reading",
    "Dates are written year first: `2026-12-31`, or a whole `2026-12`, `2026-Q4`, `2026-W40`, `2026`.",
    "due: 31.12.2026",
    "due: 2026-12-31",
)
BAD_MEASURE = Rule(
    "GK111",
    "measure",
    "error",
    "reading",
    "The measure says how you will know. It is a number with a unit, a move from one number to another, a limit, "
    "an amount each period, or one of the words milestones, goals, done.",
    "measure: every tuesday",
    "measure: every week",
)
BAD_NUMBER = Rule(
    "GK112",
    "number",
    "error",
    "reading",
    "A weight is a plain number that is not negative: the goal's share in its parents' progress.",
    "weight: heavy",
    "weight: 2",
)
BAD_CADENCE = Rule(
    "GK113",
    "check-in-rhythm",
    "error",
    "reading",
    "The rhythm of check-ins is `daily`, `weekly`, `weekly on friday`, `every 2 weeks`, `monthly`, `quarterly` or `never`.",
    "check-in: fridays",
    "check-in: weekly on friday",
)
BAD_CHECKPOINT = Rule(
    "GK114",
    "checkpoint",
    "error",
    "reading",
    "A checkpoint is a date and the value planned for the end of that day.",
    "checkpoints:\n  - end of June: 20",
    "checkpoints:\n  - 2026-06-30 20",
)
UNQUOTED_LINK = Rule(
    "GK115",
    "unquoted-link",
    "warning",
    "reading",
    "Without quotes YAML reads `[[id]]` as a list in a list. goalkit understands it; Obsidian and other tools may not.",
    "supports: [[change-field]]",
    'supports: "[[change-field]]"',
)
LOST_TEXT = Rule(
    "GK116",
    "lost-text",
    "warning",
    "reading",
    "In YAML a `#` after a space begins a comment, so the rest of the line is lost.",
    "title: Learn C #",
    'title: "Learn C #"',
)
WRONG_FORM = Rule(
    "GK117",
    "wrong-form",
    "error",
    "reading",
    "A field that takes one value holds a list or a group, or the other way round.",
    "due:\n  - 2026-06-30",
    "due: 2026-06-30",
)
CHECK_IN_LINE = Rule(
    "GK118",
    "check-in-line",
    "warning",
    "reading",
    "A line under Check-ins nearly is a check-in and does not count as it stands. The form is "
    "`DATE: VALUE (STATUS) — NOTE`, where only the date is needed.",
    "- 6.2.2026: 11",
    "- 2026-02-06: 11",
)
CHECK_IN_VALUE = Rule(
    "GK119",
    "check-in-value",
    "warning",
    "reading",
    "The value of a check-in is in another unit or another notation than the measure, so it is not counted.",
    "- 2026-02-06: 1:30",
    "- 2026-02-06: 90",
)
CHECK_IN_SLIP = Rule(
    "GK120",
    "check-in-slip",
    "warning",
    "reading",
    "The line is well formed, and still looks like a slip: a first level past the target, a level below the last on a "
    "count from 0, a number of quite another size than its neighbours, a day in the future or before the start.",
    "- 2026-02-06: 55.1\n- 2026-03-06: 0.57",
    "- 2026-02-06: 55.1\n- 2026-03-06: 57",
)
BOX_DATE = Rule(
    "GK121",
    "box-date",
    "warning",
    "reading",
    "A date in a task or milestone could not be read, so the box has none.",
    "- [ ] Speak at the meetup 📅 2026-02-30",
    "- [ ] Speak at the meetup 📅 2026-02-28",
)
CONFLICT_COPY = Rule(
    "GK122",
    "conflict-copy",
    "warning",
    "reading",
    "A sync service left a second copy of a note. It is not read; take from it what you need and delete it.",
    "goals/learn-go.sync-conflict-20260301-101500-ABCDEFG.md",
    "goals/learn-go.md",
)
HIDDEN_TEXT = Rule(
    "GK123",
    "hidden-characters",
    "warning",
    "reading",
    "The text holds characters that nobody sees: control, zero-width or direction marks. They make two names look "
    "alike and can hide what a line says.",
    "a title with a zero-width space in it",
    "the same title typed again",
)
TOO_DEEP = Rule(
    "GK124",
    "too-deep",
    "warning",
    "reading",
    "Lists or quotes are nested so deeply that the renderer stops, and some text is missing on the page.",
    "a quote inside a hundred quotes",
    "a quote",
)
CONFIG = Rule(
    "GK125",
    "configuration",
    "error",
    "reading",
    "goalkit.toml holds something that goalkit does not understand. What is wrong is left out; the rest counts.",
    'today = "yesterday"',
    'today = "2026-11-20"',
)
BAD_WINDOW = Rule(
    "GK126",
    "due-before-start",
    "error",
    "reading",
    "A goal that is due before it starts has no window, so nothing can be expected of it.",
    "start: 2026-06-01\ndue: 2026-05-01",
    "start: 2026-05-01\ndue: 2026-06-01",
)
TOO_LARGE = Rule(
    "GK127",
    "too-much",
    "warning",
    "reading",
    "Rendering this body would make a page many times its size (a reference used thousands of times, say), so its "
    "source is shown instead.",
    "a 1 KB link reference used 10,000 times",
    "the link where it is needed",
)

DUPLICATE_ID = Rule(
    "GK201",
    "duplicate-id",
    "error",
    "graph",
    "A note's id is its file name, and links go by id. Two notes with one id (capitals and accents do not count) "
    "make every such link ambiguous. Both are shown; neither wins.",
    "goals/learn-go.md and goals/2027/Learn-Go.md",
    "goals/learn-go.md and goals/2027/learn-go-again.md",
)
DEAD_LINK = Rule(
    "GK202",
    "dead-link",
    "warning",
    "graph",
    "A field links a note that is not there, so the link does not count.",
    'supports: "[[change-feild]]"',
    'supports: "[[change-field]]"',
)
AMBIGUOUS_LINK = Rule(
    "GK203",
    "ambiguous-link",
    "warning",
    "graph",
    "A link may mean several notes, and goalkit does not choose for you.",
    'supports: "[[launch]]"',
    'supports: "[[goals/2026/launch]]"',
)
WRONG_KIND = Rule(
    "GK204",
    "wrong-kind",
    "warning",
    "graph",
    "A field links a note of another kind: `supports` and `needs` take goals, `values` takes values.",
    'supports: "[[curiosity]]"',
    'values: "[[curiosity]]"',
)
CYCLE = Rule(
    "GK205",
    "cycle",
    "error",
    "graph",
    "Goals support each other in a ring, so none of them is on top. One link is left out of the tree, and a goal in "
    "the ring that rolls up its supporters has no progress, since there is no right number.",
    "a supports b, b supports a",
    "a supports b",
)
NEEDS_CYCLE = Rule(
    "GK206",
    "needs-cycle",
    "error",
    "graph",
    "Goals wait for each other in a ring, so none of them could ever begin.",
    "a needs b, b needs a",
    "a needs b",
)
ALIAS_TAKEN = Rule(
    "GK207",
    "alias-taken",
    "warning",
    "graph",
    "An alias is also another note's id or alias. An id always wins over an alias.",
    "aliases: learn-go, while goals/learn-go.md exists",
    "aliases: go-course",
)

NOT_SPECIFIC = Rule(
    "GK301",
    "not-specific",
    "hint",
    "coaching",
    "Specific means that somebody else could say what you will do. A broad verb (improve, set, be better "
    "at) needs an object that can be seen. A measure with a unit, milestones or stepping stones say it as "
    "well as the title.",
    "Set clear boundaries between work and home",
    "Leave work by 17:30 every workday this month",
)
NOT_MEASURABLE = Rule(
    "GK302",
    "not-measurable",
    "hint",
    "coaching",
    "Measurable means that you will know when it is reached. A number, a list of milestones, stepping "
    "stones or something to finish will do, in the title or beside it.",
    "Be more visible in the team",
    "Present at 4 team meetings",
)
NOT_ACHIEVABLE = Rule(
    "GK303",
    "not-achievable",
    "hint",
    "coaching",
    "What is left asks for more than three times the pace so far, or the measure for more hours than a "
    "period has. Change the amount, the date, or what you do differently from now on. The pace is judged "
    "for numbers only, after three check-ins and a fifth of the time, and not where the last weeks were "
    "quick enough.",
    "40 of 50 still to go with a tenth of the time left",
    "a target that twice the pace so far would reach",
)
NOT_RELEVANT = Rule(
    "GK304",
    "not-relevant",
    "hint",
    "coaching",
    "The goal serves no value and no other goal. If it matters, say to what; if it does not, it is free "
    "to go. In a vault without values, only a short-term goal beside a long-term one is asked.",
    "a goal without `values` and `supports`",
    'values: "[[curiosity]]"',
)
NOT_TIME_BOUND = Rule(
    "GK305",
    "not-time-bound",
    "hint",
    "coaching",
    "Without a date or an event there is no now. Give it a `due`, or in `when` the event by which it is "
    "done. A habit may go on for as long as you like.",
    "a goal without `due` and `when`",
    "due: 2026-Q4",
)
NO_STEPPING_STONE = Rule(
    "GK306",
    "no-stepping-stone",
    "hint",
    "coaching",
    "A long-term goal is reached by short-term ones. What is the first thing that would move it? "
    "Milestones and tasks are steps too, a habit or a limit is its own unless it says `horizon: long-"
    "term`, and who is on track has found one.",
    "a long-term goal that no goal supports",
    'in a short-term goal: supports: "[[become-a-researcher]]"',
)
NO_RHYTHM = Rule(
    "GK307",
    "no-rhythm",
    "hint",
    "coaching",
    "A goal that is never looked at is lost sight of. Even a monthly line keeps it alive. A goal of two "
    "weeks needs none, and the news of one that rolls up other goals comes from those.",
    "check-in: never",
    "check-in: monthly",
)
UNSERVED_VALUE = Rule(
    "GK308",
    "unserved-value",
    "hint",
    "coaching",
    "You wrote that this matters, and no open goal serves it at present, not even through the goals it "
    "leads to.",
    "values/balance.md, and no goal that names it",
    'in a goal: values: "[[balance]]"',
)
DUE_OUTSIDE_PARENT = Rule(
    "GK309",
    "due-outside-parent",
    "hint",
    "coaching",
    "A stepping stone that is due after the goal it leads to comes too late for it; due before that one "
    "starts, it belongs to another time.",
    "due: 2027-03-31, in support of a goal due 2026-12-31",
    "due: 2026-09-30",
)
LOOSE_WORK = Rule(
    "GK310",
    "loose-work",
    "hint",
    "coaching",
    "A project's open tasks serve no goal, so none of them can say why it matters. Other notes are never "
    "asked.",
    "a project without `supports`",
    'supports: "[[launch-the-report]]"',
)

RULES: dict[str, Rule] = {r.code: r for r in list(globals().values()) if isinstance(r, Rule)}
