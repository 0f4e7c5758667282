"""Assessments remembered from the time before are those that would be made anew, whatever changed in between."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from goalkit import snapshot
from goalkit.config import Config
from goalkit.model.assess import Memory, assess
from goalkit.model.goal import WEEKLY
from goalkit.text import Source
from goalkit.vault import reader
from tests.vaults import TODAY

NAMES = "abcdef"
FIELDS = [
    "measure: 10 pages",
    "measure: goals",
    "measure: done",
    "status: idea",
    "status: dropped",
    "weight: 3",
    "due: soon",
]
LINKS = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
CHANGES = st.tuples(
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(FIELDS), max_size=2),
    LINKS,
    LINKS,
    st.integers(-1, 9),
    st.integers(0, 2),
)


def note(fields: list[str], supports: list[str], needs: list[str], level: int) -> str:
    lines = dict.fromkeys(line.split(":")[0] for line in fields)
    head = [next(f for f in fields if f.startswith(name + ":")) for name in lines]
    head += [f"supports: [{', '.join(supports)}]"] * bool(supports) + [f"needs: [{', '.join(needs)}]"] * bool(
        needs
    )
    return "---\nstart: 2026-11-01\n" + "\n".join(head) + f"\n---\n\n## Check-ins\n\n- 2026-11-10: {level}\n"


@settings(max_examples=150)
@given(st.lists(CHANGES, min_size=1, max_size=12))
def test_what_is_remembered_is_what_would_be_made(changes):
    files: dict[str, str] = {name: note([], [], [], 1) for name in "abc"}
    memory, cache, today = Memory(), reader.Cache(), TODAY
    for name, fields, supports, needs, level, days in changes:
        if level < 0:
            files.pop(name, None)
        else:
            files[name] = note(fields, supports, needs, level)
        today += timedelta(days)
        sources = [Source(f"goals/{n}.md", text) for n, text in files.items()]
        graph = snapshot.load(sources, Config(), cache=cache).graph
        assert assess(graph, today, WEEKLY, memory) == assess(graph, today, WEEKLY)


def test_only_what_a_change_touches_is_made_again():
    files = {
        n: note([], [s] if s else [], [], 1)
        for n, s in zip("abcdef", ["", "a", "b", "", "d", ""], strict=True)
    }
    memory, cache = Memory(), reader.Cache()

    def run() -> dict[str, int]:
        graph = snapshot.load(
            [Source(f"goals/{n}.md", t) for n, t in files.items()], Config(), cache=cache
        ).graph
        return {key: id(one) for key, one in assess(graph, TODAY, WEEKLY, memory).items()}

    first = run()
    files["c"] += "- 2026-11-12: 2\n"
    second = run()
    assert {key for key in first if first[key] != second[key]} == {"a", "b", "c"}
