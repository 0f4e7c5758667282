"""The patterns of `.gitignore`. Each row was compared with what git itself says."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalkit.vault.ignored import matcher

PATHS = ["a.md", "b.md", "draft-1.md", "x/a.md", "x/y/a.md", "x/", "x/y/", "y/", "x/y/z/", "#a", "!a", "a b.md", "x.y/", "[a].md", "*.md", "é.md"]  # fmt: skip
LISTS = [
    ["a.md"], ["/a.md"], ["x/"], ["x"], ["/x/y"], ["x/y/"], ["y"], ["*.md"], ["*.md", "!a.md"], ["!a.md", "*.md"], ["**/a.md"],
    ["x/**"], ["x/**/a.md"], ["**/y/"], ["draft-?.md"], ["draft-[0-9].md"], ["draft-[!0-9].md"], ["draft-[^2].md"], ["# a", "\\#a"], ["\\!a"], ["a b.md"],
    ["a.md  "], ["a.md\\ "], ["", "/", "//"], ["[", "[a", "x["], ["[z-a].md"], ["\\[a\\].md"], ["\\*.md"], ["*"], ["*", "!*/"], ["é.md"], ["x.y"], ["a.md/"], ["[]a].md"], ["**"], ["x/*"], ["[a-z]*"], ["?"],
]  # fmt: skip


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
@pytest.mark.parametrize("patterns", LISTS, ids=" ".join)
def test_the_same_is_left_out_as_by_git(patterns: list[str], tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("\n".join(patterns) + "\n", encoding="utf-8")
    for folder in (path for path in PATHS if path.endswith("/")):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    ask = ["git", "-C", str(tmp_path), "check-ignore", "--no-index", "-z", "--stdin"]
    names = "\0".join(path.rstrip("/") for path in PATHS)
    by_git = subprocess.run(ask, input=names, capture_output=True, encoding="utf-8", check=False).stdout
    leaves_out = matcher(patterns)
    here = [
        path.rstrip("/")
        for path in PATHS
        if any(leaves_out(path[: i + 1]) for i, c in enumerate(path) if c == "/") or leaves_out(path)
    ]
    assert here == by_git.split("\0")[:-1]


@settings(max_examples=300)
@given(st.lists(st.text("ab*?[]!-/\\# ", max_size=8), max_size=4), st.text("ab*/[", max_size=8))
def test_any_patterns_are_read(patterns: list[str], path: str) -> None:
    assert matcher(patterns)(path) in (True, False)
