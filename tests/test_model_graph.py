"""Who supports whom: links and what they may mean, rings, horizons, values from above, what waits for what."""

import subprocess
import sys
from pathlib import Path

import pytest

from goalkit.model.graph import clean_target
from goalkit.text import Source
from tests.vaults import goal, vault, vault_of

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("fields", "horizon"),
    [
        ("start: 2026-01-01\ndue: 2026-03-31", "long-term"),  # a whole quarter
        ("start: 2026-Q1\ndue: 2026-Q1", "long-term"),
        ("start: 2026-01-01\ndue: 2026-03-30", "short-term"),
        ("start: 2026-01-15\ndue: 2026-04-14", "long-term"),
        ("start: 2026-01-15\ndue: 2026-04-13", "short-term"),
        ("start: 2025-11-30\ndue: 2026-02-27", "long-term"),
        ("start: 2025-11-30\ndue: 2026-02-26", "short-term"),
        ("due: 2030-12-31", "short-term"),
        ("start: 2020-01-01", "short-term"),
        ("", "short-term"),
        ("horizon: long-term", "long-term"),
        ("horizon: Short-Term\nstart: 2026-01-01\ndue: 2030-12-31", "short-term"),
    ],
)
def test_the_horizon(fields: str, horizon: str) -> None:
    assert goal(fields).horizon == horizon


def test_what_goals_support_is_long_term_unless_it_says_otherwise() -> None:
    plans = vault("""
        === goals/a.md
        === goals/b.md
        ---
        horizon: short-term
        ---
        === goals/c.md
        ---
        supports: [a, b]
        ---
    """)
    assert [plans[key].horizon for key in "abc"] == ["long-term", "short-term", "short-term"]


LINKS = """
    === goals/launch.md
    ---
    aliases: [Big Day, opening]
    ---
    === goals/2027/talk.md
    === goals/2026/talk.md
    === goals/Café.md
    === values/courage.md
    === goals/a.md
    ---
    supports: "{}"
    ---
"""


@pytest.mark.parametrize(
    ("written", "parents", "codes"),
    [
        ("launch", ["launch"], []),
        ("[[launch]]", ["launch"], []),
        ("[[Launch|the launch]]", ["launch"], []),
        ("[[launch#Why]]", ["launch"], []),
        ("[[launch#^block]]", ["launch"], []),
        ("[[launch.md]]", ["launch"], []),
        ("[[goals/launch]]", ["launch"], []),
        ("[[./launch]]", ["launch"], []),
        ("[[../goals/launch]]", ["launch"], []),
        ("[the launch](launch.md)", ["launch"], []),
        ("[the launch](../goals/launch.md)", ["launch"], []),
        ("[[big day]]", ["launch"], []),
        ("[[opening]], [[launch]]", ["launch"], []),
        ("[[CAFE\u0301]]", ["Café"], []),
        ("[c](Caf%C3%A9.md)", ["Café"], []),
        ("[[2027/talk]]", ["goals/2027/talk"], []),
        ("[[goals/2026/talk]]", ["goals/2026/talk"], []),
        ("[[talk]]", [], ["GK203"]),
        ("[[2028/talk]]", [], ["GK202"]),
        ("[[elsewhere/launch]]", [], ["GK202"]),
        ("[[lanch]]", [], ["GK202"]),
        ("[[courage]]", [], ["GK204"]),
        ("[[a]]", ["a"], ["GK205"]),
    ],
)
def test_a_link_means_what_obsidian_means_by_it(written: str, parents: list[str], codes: list[str]) -> None:
    plans = vault(LINKS.format(written))
    assert plans.graph.parents["a"] == tuple(parents)
    assert plans.codes("goals/a.md") == codes


def test_an_id_wins_over_an_alias_and_the_alias_is_named() -> None:
    plans = vault("""
        === goals/go.md
        === goals/learn.md
        ---
        aliases: go
        ---
        === goals/a.md
        ---
        supports: go
        ---
    """)
    assert plans.graph.parents["a"] == ("go",)
    assert plans.codes() == ["GK207"]


@pytest.mark.parametrize(
    ("target", "clean"),
    [
        (" A/B.md#x ", "a/b"),
        ("a%20b", "a b"),
        ("..\\x", "x"),
        ("#only", ""),
        ("", ""),
        ("/abs", "abs"),
        ("Straße", "strasse"),
    ],
)
def test_a_target_is_cleaned(target: str, clean: str) -> None:
    assert clean_target(target) == clean


CHAIN = """
    === goals/work.md
    ---
    supports: [field, side]
    values: craft
    ---
    === goals/field.md
    ---
    supports: top
    ---
    === goals/side.md
    ---
    values: [play, craft]
    ---
    === goals/top.md
    ---
    values: curiosity
    ---
    === goals/alone.md
    === values/craft.md
    === values/play.md
    === values/curiosity.md
"""


def test_values_come_down_from_all_parents_own_ones_first() -> None:
    graph = vault(CHAIN).graph
    assert graph.values_of["work"][0] == "craft"
    assert set(graph.values_of["work"]) == {"craft", "curiosity", "play"}
    assert graph.values_of["field"] == ("curiosity",)
    assert graph.values_of["alone"] == ()
    assert graph.served_by["curiosity"] == ("top",)
    assert graph.served_by["craft"] == ("side", "work")


def test_the_chain_of_why_goes_up_by_first_parents() -> None:
    graph = vault(CHAIN).graph
    assert graph.chain("work") == ("field", "top")
    assert graph.supporters["side"] == ("work",)


def test_a_ring_shares_its_values_and_hands_them_down() -> None:
    graph = vault("""
        === goals/a.md
        ---
        supports: b
        values: x
        ---
        === goals/b.md
        ---
        supports: a
        values: y
        ---
        === goals/c.md
        ---
        supports: a
        ---
        === values/x.md
        === values/y.md
    """).graph
    assert graph.values_of == {"a": ("x", "y"), "b": ("y", "x"), "c": ("x", "y")}


def test_a_ring_is_said_once_with_all_its_places() -> None:
    plans = vault("""
        === goals/a.md
        ---
        title: A
        supports: "[[b]]"
        ---
        === goals/b.md
        ---
        supports:
          - "[[top]]"
          - "[[c]]"
        ---
        === goals/c.md
        ---
        supports: "[[a]]"
        ---
        === goals/top.md
    """)
    (said,) = plans.lines()
    assert said == (
        "goals/c.md:2:11: error GK205: a ring of `supports`: a → b → c → a (goals/a.md:3, goals/b.md:3, goals/c.md:2)"
        " -> remove one of these links; this one, to `a`, is left out of the tree"
    )
    assert plans.graph.tree_parents == {"a": ("b",), "b": ("top", "c"), "c": (), "top": ()}
    assert plans.graph.cyclic == {"a", "b", "c"}


def test_what_a_goal_needs_blocks_it_until_it_is_done() -> None:
    plans = vault("""
        === goals/a.md
        ---
        needs: [b, c, d, e]
        ---
        === goals/b.md
        === goals/c.md
        ---
        status: done
        ---
        === goals/d.md
        - [x] all of it
        === goals/e.md
        ---
        status: missed
        ---
        === goals/closed.md
        ---
        needs: b
        status: dropped
        ---
    """)
    assert plans["a"].blocked_by == ("b", "e")
    assert plans["closed"].blocked_by == ()
    assert plans.graph.needed_by["b"] == ("a", "closed")


def test_a_task_serves_the_goals_of_its_project_and_those_it_links() -> None:
    graph = vault("""
        === goals/a.md
        === goals/b.md
        === projects/p.md
        ---
        supports: a
        ---
        - [ ] one
          - [ ] a step of it
        - [x] two [[b]]
        === projects/loose.md
        - [ ] three
        === daily/2026-11-20.md
        - [ ] four [[a]] and [[b|the other]]
        - [ ] five [text](../goals/b.md)
        - [ ] six
        - [ ] seven `[[a]]`

        See [[a]].
    """).graph
    served = {task.box.text.split()[0]: task.goals for task in graph.tasks}
    assert served == {"one": ("a",), "two": ("a", "b"), "three": (), "four": ("a", "b"), "five": ("b",)}
    assert [link.path for link in graph.backlinks["a"]] == ["daily/2026-11-20.md"]


def test_two_visions_are_said_and_a_private_one_never_in_the_shared_vault() -> None:
    text = """
        === a.md
        ---
        type: vision
        ---
        # Secret
        === vision.md
        ---
        visibility: shared
        ---
        # North
    """
    assert vault(text).codes() == ["GK109"]
    shared = vault(text, shared_only=True)
    assert shared.diagnostics == ()
    assert shared.graph.vision is not None
    assert shared.graph.vision.title == "North"


DEEP = """
import sys
from datetime import date
from goalkit.config import Config
from goalkit.model.assess import assess
from goalkit.snapshot import load
from goalkit.text import Source
n = 10_000
files = [Source(f"goals/g{i:05}.md", f"---\\nsupports: g{i - 1:05}\\nvalues: v\\n---\\n" if i else "") for i in range(n)]
files.append(Source("values/v.md", ""))
sys.setrecursionlimit(200)
one = load(files, Config())
done = assess(one.graph, date(2026, 11, 20), Config().check_in)
assert not one.diagnostics, one.diagnostics[:3]
assert len(done) == n
assert done["g00000"].progress == 0
assert len(one.graph.chain(f"g{n - 1:05}")) == n - 1
files[0] = Source("goals/g00000.md", f"---\\nsupports: g{n - 1:05}\\n---\\n")
ring = load(files, Config())
assert [d.code for d in ring.diagnostics] == ["GK205"]
assert len(ring.graph.cycles[0]) == n
assert len(assess(ring.graph, date(2026, 11, 20), Config().check_in)) == n
"""


def test_a_chain_and_a_ring_of_ten_thousand_goals() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEEP], cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_thousand_goals_support_one() -> None:
    files = [Source("goals/top.md", "")]
    files += [
        Source(f"goals/g{i}.md", f"---\nsupports: top\nstatus: {'done' if i % 4 else 'active'}\n---\n")
        for i in range(1000)
    ]
    plans = vault_of(files)
    assert plans.diagnostics == ()
    assert plans["top"].progress == 750 / 1000
    assert len(plans.graph.supporters["top"]) == 1000
