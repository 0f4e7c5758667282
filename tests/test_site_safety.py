"""Nothing that stands in a file becomes markup, script, style or a request."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from goalkit import resources
from goalkit.site.views.prose import inline
from tests.sites import EVERY_KIND, Page, pages, site_of

ELEMENTS = frozenset(
    [
        "a",
        "article",
        "aside",
        "b",
        "blockquote",
        "body",
        "br",
        "code",
        "dd",
        "desc",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "input",
        "label",
        "legend",
        "li",
        "line",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "path",
        "pre",
        "rect",
        "region",
        "s",
        "script",
        "section",
        "span",
        "strong",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
        "use",
        "circle",
        "defs",
        "del",
    ]
)
ATTRIBUTES = frozenset(
    [
        "aria-current",
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "autocomplete",
        "charset",
        "checked",
        "class",
        "content",
        "cx",
        "cy",
        "d",
        "datetime",
        "data-key",
        "data-status",
        "data-words",
        "defer",
        "dir",
        "dy",
        "for",
        "height",
        "hidden",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
        "open",
        "preserveaspectratio",
        "r",
        "rel",
        "role",
        "rx",
        "scope",
        "spellcheck",
        "src",
        "start",
        "stroke-dasharray",
        "tabindex",
        "text-anchor",
        "title",
        "type",
        "value",
        "vector-effect",
        "viewbox",
        "width",
        "x",
        "x1",
        "x2",
        "y",
        "y1",
        "y2",
    ]
)
# Lines end at these, and they do not stand in a scalar as they are.
HIDDEN = {0x85, 0x2028, 0x2029, 0xFEFF}
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)",
    "</title><script>alert(4)</script>",
    "</script><svg/onload=alert(5)>",
    "{{ 7 * 191 }}{% raw %}",
    "<!-- --><style>*{display:none}</style>",
    "javascript:alert(6)",
    "&lt;script&gt;alert(7)&lt;/script&gt;",
    "`<b>`",
]
HOSTILE = """
    === vision.md
    ---
    title: 'X'
    ---

    X
    === values/v.md
    ---
    title: 'X'
    ---

    X
    === projects/p.md
    ---
    title: 'X'
    supports: g
    ---

    - [ ] X
    === goals/top.md
    ---
    title: 'X'
    ---
    === goals/g.md
    ---
    title: 'X'
    owner: 'X'
    when: 'X'
    category: 'X'
    tags: ['X']
    aliases: ['X']
    measure: 'X'
    values: v
    supports: [top, 'X']
    ---

    X [link](javascript:alert(8)) ![picture](https://evil.invalid/x.png) [[X]]

    ## X

    ## Milestones

    - [ ] X 📅 2026-12-01

    ## Check-ins

    - 2026-11-01: X
    - 2026-11-02: (on track) — X
    === goals/unit.md
    ---
    title: Unit
    start: 2026-01-01
    due: 2026-12-31
    measure: '50 X'
    ---

    ## Check-ins

    - 2026-02-01: 3
    """


def hostile(payload: str) -> dict[str, Page]:
    return pages(
        site_of(HOSTILE.replace("'X'", "'" + payload.replace("'", "''") + "'").replace("X", payload))
    )


def check(page: Page, path: str) -> None:
    assert {tag for tag, _ in page.elements} <= ELEMENTS, path
    assert {name for _, attrs in page.elements for name in attrs} <= ATTRIBUTES, path
    scripts = [attrs["src"] for tag, attrs in page.elements if tag == "script"]
    assert scripts in ([], ["goals.js"]), path
    for link in page.links:
        assert re.match(
            r"(?:https?://|mailto:|vscode:|#|(?:\.\./)?(?:[a-z]+/)?[a-z0-9._-]+(?:\.html|\.json)(?:#.*)?$)",
            link,
        ), link


def test_only_known_elements_and_attributes_are_used() -> None:
    for path, page in pages(site_of(EVERY_KIND)).items():
        check(page, path)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_file_says_stays_text(payload: str) -> None:
    for path, page in hostile(payload).items():
        check(page, path)
        assert "1337" not in page.text, path


@pytest.mark.parametrize("payload", PAYLOADS[:5])
def test_it_is_shown_as_it_was_written(payload: str) -> None:
    titled = hostile(payload)["goals/g.html"]
    assert " ".join(payload.split()) in titled.text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_title_comes_back_from_the_page(title: str) -> None:
    quoted = title.replace("'", "''")
    page = pages(site_of(f"=== goals/g.md\n---\ntitle: '{quoted}'\n---\n"))["goals/g.html"]
    check(page, "goals/g.html")
    (heading,) = page.all("h1")
    assert heading == {"dir": "auto"}
    shown = " ".join(title.replace("\u00a0", " ").split())
    assert shown in page.text or any(ord(c) in HIDDEN for c in title)


def test_every_page_forbids_what_it_does_not_use() -> None:
    for path, page in pages(site_of(EVERY_KIND)).items():
        (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        allowed = "'self'" if path == "goals.html" else "'none'"
        assert policy["content"] == (
            f"default-src 'none'; style-src 'self'; script-src {allowed}; img-src data:; base-uri 'none'; form-action 'none'"
        )
        assert page.all("meta", name="referrer", content="no-referrer")


def test_no_page_names_another_host() -> None:
    for path, content in site_of(EVERY_KIND).items():
        text = content.decode().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(", text), path


def test_markup_is_made_in_one_module_only() -> None:
    package = Path(resources.__file__).parent
    makers = [p for p in package.rglob("*.py") if re.search(r"\bMarkup\(", p.read_text(encoding="utf-8"))]
    assert [p.name for p in makers] == ["markup.py"]
    for template in resources.folder("templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|\bstyle=|\son[a-z]+=", text), template.name


@given(st.text(max_size=60))
def test_a_sentence_with_code_is_escaped(text: str) -> None:
    made = inline(text)
    assert isinstance(made, Markup)
    assert not re.search(r"<(?!/?code>)", made)
