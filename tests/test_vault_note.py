"""Front matter: what the commonest slips are told, word for word, and what is read of what is sound."""

import pytest

from goalkit.text import Source, apply
from goalkit.vault import note
from tests.vaults import Vault, vault_of


def told(fields: str) -> Vault:
    target = Source("goals/change-field.md", "")
    return vault_of([target, Source("goals/g.md", f"---\n{fields}\n---\n")])


SLIPS = [
    (
        "title: Learn: Go",
        '2:13: error GK105: a value with `: ` in it needs quotes -> quote it: `title: "Learn: Go"`',
    ),
    ("owner: @ana", '2:8: error GK105: a value cannot begin with `@` -> quote it: `owner: "@ana"`'),
    (
        "title: `go vet` in CI",
        '2:8: error GK105: a value cannot begin with a backtick -> quote it: `title: "`go vet` in CI"`',
    ),
    (
        "title: *Important* talk",
        '2:8: error GK105: a value cannot begin with `*` -> quote it: `title: "*Important* talk"`',
    ),
    (
        "title: [draft] Learn Go",
        '2:16: error GK105: a value that begins with a bracket needs quotes -> quote it: `title: "[draft] Learn Go"`',
    ),
    (
        "title: 'It's time'",
        '2:12: error GK105: the quotes end before the value does -> quote it: `title: "It\'s time"`',
    ),
    (
        'title: "Learn" Go',
        "2:16: error GK105: the quotes end before the value does -> quote it: `title: '\"Learn\" Go'`",
    ),
    (
        'title: "C:\\work"',
        "2:11: error GK105: in double quotes a `\\` begins an escape -> quote it: `title: 'C:\\work'`",
    ),
    (
        'title: "Learn Go',
        '2:8: error GK105: a quote is opened and never closed: `title: "Learn Go` -> close the quote on the same line',
    ),
    (
        "supports: [[change-field]]",
        '2:11: warning GK115: `[[change-field]]` is not in quotes -> write `"[[change-field]]"`',
    ),
    (
        "supports: [[a]], [[b]]",
        '2:16: error GK105: several links need to be a list -> write `supports: ["[[a]]", "[[b]]"]`',
    ),
    ("tags:\n\t- work", "3:1: error GK105: a tab cannot indent YAML -> use spaces"),
    (
        "title: x\nstatus:done",
        "3:1: error GK105: `status:done` is not a `key: value` -> put a space after the colon: `status: done`",
    ),
    (
        "title: x\njust words",
        "3:1: error GK105: `just words` is not a `key: value` -> write `key: value`, or delete the line",
    ),
    (
        "title: x\n  due: 2026-12-31",
        "3:6: error GK105: this line does not fit the one before it -> check the indent, and the line above: `title: x`",
    ),
    (
        "title: Learn C # and F#",
        '2:16: warning GK116: `# and F#` is lost: in YAML it is a comment -> quote it: `title: "Learn C # and F#"`',
    ),
    ("title: {{title}}", '2:8: error GK117: `title` holds a group -> quote it: `title: "{{title}}"`'),
    (
        "due:\n  - 2026-06-30",
        "3:3: error GK117: `due` takes one value, not a list -> write `due: 2026-06-30`",
    ),
    (
        "due: 2026-06-30\ndue: 2026-09-30",
        "3:1: error GK107: `due` stands twice, first on line 2 -> keep one of them",
    ),
    (
        "visiblity: shared",
        "2:1: warning GK108: `visiblity` is not a field; until then the note stays private -> did you mean `visibility`?",
    ),
    ("status: actve", "2:9: error GK109: `actve` is not a status -> did you mean `active`?"),
    ("status: completed", "2:9: error GK109: `completed` is not a status -> did you mean `done`?"),
    ("visibility: public", "2:13: error GK109: `public` is not a visibility -> did you mean `shared`?"),
    ("due: 31.12.2026", "2:6: error GK110: `31.12.2026` is not a date -> write `2026-12-31`"),
    ("due: 12/31/2026", "2:6: error GK110: `12/31/2026` is not a date -> write `2026-12-31`"),
    ("due: 2026-1-5", "2:6: error GK110: `2026-1-5` is not a date -> write `2026-01-05`"),
    ("due: Q4 2026", "2:6: error GK110: `Q4 2026` is not a date -> write `2026-Q4`"),
    (
        "due: end of June",
        "2:6: error GK110: `end of June` is not a date -> write `2026-12-31`; an event goes into `when:`",
    ),
    ("measure: 7,5 km", "2:10: error GK111: `7,5 km` is not a measure -> write `7.5 km`"),
    ("check-in: fridays", "2:11: error GK113: `fridays` is not a rhythm -> write `weekly on friday`"),
    (
        "start: 2026-06-01\ndue: 2026-05-01",
        "3:6: error GK126: due on 2026-05-01, before it starts on 2026-06-01 -> correct one of the two dates",
    ),
    (
        'supports: "[[change-feild]]"',
        (
            "2:11: warning GK202: `supports` links `change-feild`, and no such goal is in the vault"
            " -> did you mean `[[change-field]]`?"
        ),
    ),
]


@pytest.mark.parametrize(("fields", "said"), SLIPS)
def test_a_slip_is_told_where_it_is_what_is_wrong_and_what_to_type(fields: str, said: str) -> None:
    assert told(fields).lines() == [f"goals/g.md:{said}"]


@pytest.mark.parametrize(("fields", "said"), SLIPS)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_slip_is_told_the_same_in_a_file_of_other_line_ends(fields: str, said: str, end: str) -> None:
    text = f"\ufeff---\n{fields}\n---\n".replace("\n", end)
    lines = vault_of([Source("goals/change-field.md", ""), Source("goals/g.md", text)]).lines()
    assert lines == [f"goals/g.md:{said}"]


@pytest.mark.parametrize("fields", [f for f, said in SLIPS if "quote it" in said and "GK105" in said])
def test_what_it_says_to_type_is_right(fields: str) -> None:
    """The line as the hint has it reads without a finding, and holds all that was typed."""
    (found,) = told(fields).diagnostics
    line = found.hint.removeprefix("quote it: `").removesuffix("`")
    front, problems = note.read(Source("goals/g.md", f"---\n{line}\n---\n"), strict=True)
    assert problems == []
    (one,) = front.fields.values()
    typed = fields.split(": ", 1)[1]
    assert one.text in (typed, typed[1:-1])


def test_the_edit_that_quotes_a_link() -> None:
    source = Source("goals/g.md", '---\nsupports:\n  - [[a]]\n  - "[[b]]"\n---\n')
    (found,) = (d for d in vault_of([source]).diagnostics if d.code == "GK115")
    assert found.fix is not None
    assert apply(source.text, [found.fix]) == source.text.replace("[[a]]", '"[[a]]"')


def test_the_edit_that_corrects_a_key() -> None:
    source = Source("goals/g.md", "---\nvisiblity: shared\n---\n")
    (found,) = vault_of([source]).diagnostics
    assert found.fix is not None
    assert apply(source.text, [found.fix]) == "---\nvisibility: shared\n---\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_field_keeps_its_place(end: str, mark: str) -> None:
    text = mark + end.join(
        (
            "---",
            "title: 'It''s'",
            'tags: [a, "b"] # two',
            "supports:",
            "  - [[x]]",
            "note: |",
            "  one",
            "  two",
            "---",
            "Body",
        )
    )
    front, found = note.read(Source("goals/g.md", text), strict=True)
    assert found == []
    assert {key: one.form for key, one in front.fields.items()} == {
        "title": "scalar",
        "tags": "list",
        "supports": "list",
        "note": "scalar",
    }
    spans = {key: text[one.span.start : one.span.end] for key, one in front.fields.items()}
    assert spans["title"] == "'It''s'"
    assert spans["tags"] == '[a, "b"]'
    assert [text[i.span.start : i.span.end] for i in front.fields["supports"].items] == ["[[x]]"]
    assert [i.text for i in front.fields["tags"].items] == ["a", "b"]
    assert front.fields["title"].text == "It's"
    assert text[front.body :] == "Body"
    assert text[front.yaml_span.start :].startswith("title")
    assert text[: front.yaml_span.end].endswith("two" + end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text",
        "# Heading\n\n---\n\ntext\n",
        "- [ ] a\n",
        "***\n",
        "Title\n---\nText\n",
        "Status: fine, I think.\n",
    ],
)
def test_a_note_without_front_matter_has_none_and_that_is_no_fault(text: str) -> None:
    front, found = note.read(Source("goals/g.md", text), strict=True)
    assert (front.fields, front.broken, front.body, found) == ({}, False, 0, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [("<<<<<<< HEAD\n", 1), ("a\r\n>>>>>>> b\r\n", 2), ("a\r||||||| base", 2), ("=======\n", None), ("<<<<<<<<\n", None), (" <<<<<<< x\n", None), ("x <<<<<<< y\n", None)],
)  # fmt: skip
def test_a_conflict_marker(text: str, line: int | None) -> None:
    assert note.conflict_line(Source("goals/g.md", text)) == line


def test_scalars_stay_the_text_that_was_typed() -> None:
    text = "---\na: no\nb: 1:30\nc: 007\nd: 1e3\ne: 2026-02-30\nf: .nan\ng: 0o17\nh: 1_000\n---\n"
    front, found = note.read(Source("goals/g.md", text), strict=True)
    assert found == []
    assert [one.text for one in front.fields.values()] == [
        "no",
        "1:30",
        "007",
        "1e3",
        "2026-02-30",
        ".nan",
        "0o17",
        "1_000",
    ]
