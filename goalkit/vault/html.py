"""A body's Markdown to HTML that is safe to publish: no raw HTML, an allow-list of link schemes, no remote images."""

import re
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from goalkit.text import fold
from goalkit.vault import blocks, plain_html, wiki

Resolve = Callable[[str], str | None]
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)\]([+-]?)[ \t]*(.*)")
_CALLOUT_KINDS = {
    "summary": "abstract", "tldr": "abstract", "hint": "tip", "important": "tip", "check": "success", "done": "success",
    "help": "question", "faq": "question", "caution": "warning", "attention": "warning", "fail": "failure",
    "missing": "failure", "error": "danger", "cite": "quote",
}  # fmt: skip
_KNOWN_CALLOUTS = frozenset(
    [
        "note",
        "abstract",
        "info",
        "todo",
        "tip",
        "success",
        "question",
        "warning",
        "failure",
        "danger",
        "bug",
        "example",
        "quote",
    ]
)
_BOX = re.compile(r"\[(.)\](?:[ \t]|$)")
_BOX_STATES = {"x": "done", "X": "done", "/": "under-way", "-": "cancelled"}
_BOX_WORDS = {"done": "Done", "under-way": "Under way", "cancelled": "Cancelled", "open": "Open"}
# What costs the engine more than its length: thousands of openers in one stretch.
_BOMB = re.compile(r"(?:[\[!*_`<~][\s]?){3000}")
MAX_OPENERS = 10_000


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, and whether it is all of the text: past a limit the source is shown instead."""

    html: str
    complete: bool = True


def render(text: str, resolve: Resolve) -> Rendered:
    """The HTML of `text`; `resolve` gives the page of a link's target, or none where it leads to no page.

    A link without a page becomes its own label. Output is at most ten times the input and 100 KB.
    """
    if not text.strip():
        return Rendered("")
    if text.count("[") > MAX_OPENERS or _BOMB.search(text):
        return _source(text)
    html = plain(text, resolve)
    return engine(text, resolve) if html is None else Rendered(html)


def plain(text: str, resolve: Resolve) -> str | None:
    """The HTML of a text of plain shapes, made without the engine; none for any other."""
    taken: dict[str, int] = {}

    def link(written: str) -> str:
        found = wiki.LINK.match(written)
        assert found  # noqa: S101 - `plain_html` hands over only what this matches
        label, href = _wiki_parts(found, resolve)
        return (
            plain_html.escape(label)
            if href is None
            else f'<a href="{escape(href)}">{plain_html.escape(label)}</a>'
        )

    def box(mark: str) -> str:
        state = _BOX_STATES.get(mark, "open")
        return f'<li class="box box-{state}">{_box_mark(state)}'

    return plain_html.html(text, link, lambda title: _heading_id(title, taken), box)


def engine(text: str, resolve: Resolve) -> Rendered:
    """The HTML of any text."""
    env: dict[str, Any] = {"resolve": resolve, "ids": {}}
    tokens = _ENGINE.parse(text, env)
    limit = 10 * len(text) + 100_000
    if _size(tokens) > limit:
        return _source(text)
    _reshape(tokens, env)
    html = str(_ENGINE.renderer.render(tokens, _ENGINE.options, env))
    return Rendered(html) if len(html) <= limit else _source(text)


def _source(text: str) -> Rendered:
    return Rendered(f'<pre class="source">{escape(text[:100_000])}</pre>\n', complete=False)


def _size(tokens: Sequence[Token]) -> int:
    """A floor of the HTML's length: what the tokens carry, shared link targets counted each time."""
    total = 0
    for token in tokens:
        total += len(token.content) + sum(len(str(v)) for v in token.attrs.values())
        for child in token.children or ():
            total += len(child.content) + sum(len(str(v)) for v in child.attrs.values())
    return total


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[[target|label]]`, `![[embed]]`."""
    if state.src[state.pos] not in "[!":
        return False
    found = wiki.LINK.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        label, href = _wiki_parts(found, state.env["resolve"])
        if href is not None:
            token = state.push("link_open", "a", 1)
            token.attrs, token.meta = {"href": href}, {"page": True}
            state.push("text", "", 0).content = label
            state.push("link_close", "a", -1)
        else:
            state.push("text", "", 0).content = label
    state.pos = found.end()
    return True


def _wiki_parts(found: re.Match[str], resolve: Resolve) -> tuple[str, str | None]:
    """The words of a wiki link, and the page it leads to."""
    target = found[2].strip().rstrip("\\").strip()
    return (found[3] or "").strip() or target, resolve(target)


def _comment(state: StateInline, silent: bool) -> bool:
    """Inline rule: Obsidian's `%%comments%%` are not shown."""
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2)
    if end < 0 or end + 2 > state.posMax:
        return False
    state.pos = end + 2
    return True


def _reshape(tokens: list[Token], env: MutableMapping[str, Any]) -> None:
    """Headings one level down with ids of their own, callouts, task boxes, links that lead somewhere."""
    for i, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
            if token.type == "heading_open":
                token.attrs["id"] = _heading_id(tokens[i + 1].content, env["ids"])
        elif token.type == "blockquote_open":
            _callout(tokens, i)
        elif token.type == "list_item_open":
            _task(tokens, i)
        elif token.type == "fence":
            token.info = "".join(re.findall(r"^[\w+#.-]+", token.info.strip()))
        elif token.type == "inline" and token.children:
            token.children = _links(token.children, env["resolve"])


def _heading_id(title: str, taken: MutableMapping[str, int]) -> str:
    slug = re.sub(r"[^\w]+", "-", fold(title)).strip("-")[:80] or "section"
    taken[slug] = taken.get(slug, 0) + 1
    return f"h-{slug}" if taken[slug] == 1 else f"h-{slug}-{taken[slug]}"


def _callout(tokens: list[Token], at: int) -> None:
    """A quote that begins with `[!kind]` becomes an aside with a title."""
    if at + 2 >= len(tokens) or tokens[at + 1].type != "paragraph_open":
        return
    inline = tokens[at + 2]
    first, _, rest = inline.content.partition("\n")
    found = _CALLOUT.fullmatch(first.strip())
    if not found:
        return
    kind = _CALLOUT_KINDS.get(found[1].casefold(), found[1].casefold())
    kind = kind if kind in _KNOWN_CALLOUTS else "note"
    close = next(
        j
        for j in range(at + 1, len(tokens))
        if tokens[j].type == "blockquote_close" and tokens[j].level == tokens[at].level
    )
    for j in (at, close):
        tokens[j].tag = "aside"
    tokens[at].attrs["class"] = f"callout callout-{kind}"
    tokens[at + 1].attrs["class"] = "callout-title"
    title = Token("text", "", 0, content=found[3].strip() or kind.capitalize())
    children = inline.children or []
    cut = next((j for j, c in enumerate(children) if c.type in ("softbreak", "hardbreak")), len(children))
    inline.children = [title]
    if rest.strip():
        body = children[cut + 1 :]
        tokens[at + 3 : at + 3] = [
            Token("paragraph_close", "p", -1, block=True),
            Token("paragraph_open", "p", 1, block=True),
            Token("inline", "", 0, content=rest, children=body, block=True),
        ]


def _task(tokens: list[Token], at: int) -> None:
    inline = next((t for t in tokens[at + 1 : at + 3] if t.type == "inline"), None)
    if inline is None or not inline.children:
        return
    first = inline.children[0]
    mark = _BOX.match(first.content) if first.type == "text" else None
    if not mark:
        return
    state = _BOX_STATES.get(mark[1], "open")
    first.content = first.content[mark.end() :]
    tokens[at].attrs["class"] = f"box box-{state}"
    inline.children.insert(0, Token("box", "span", 0, content=state))


def _links(children: list[Token], resolve: Resolve) -> list[Token]:
    """Only links that lead to a page or to the web stay links; images become links or their text."""
    out: list[Token] = []
    dropped: list[bool] = []
    for child in children:
        if child.type == "link_open":
            given = str(child.attrs.get("href", ""))
            href = given if child.meta.get("page") else _href(given, resolve)
            dropped.append(href is None)
            if href is None:
                continue
            child.attrs = {"href": href, **({"rel": "noopener noreferrer"} if _SAFE.match(href) else {})}
        elif child.type == "link_close" and dropped and dropped.pop():
            continue
        elif child.type == "image":
            out += _image(child, inside_link=bool(dropped) and not dropped[-1])
            continue
        out.append(child)
    return out


def _href(href: str, resolve: Resolve) -> str | None:
    if _SAFE.match(href):
        return href if len(href) <= 2048 else None
    if href.startswith("#"):
        return f"#h-{href[1:]}" if len(href) > 1 else None
    if re.match(r"[a-z][a-z0-9+.-]*:|/|\\", href, re.IGNORECASE):
        return None
    target = unquote(href).split("#")[0]
    names_a_file = "." in target.rsplit("/", 1)[-1] and not target.lower().endswith(".md")
    return None if names_a_file else resolve(target)


def _image(token: Token, *, inside_link: bool) -> list[Token]:
    """An image is never loaded: its description stands for it, as a link where it lies on the web."""
    alt = Token("text", "", 0, content=token.content or "image")
    src = str(token.attrs.get("src", ""))
    if inside_link or not _SAFE.match(src) or len(src) > 2048:
        return [alt]
    link = Token("link_open", "a", 1, attrs={"href": src, "rel": "noopener noreferrer"})
    return [link, alt, Token("link_close", "a", -1)]


def _box_mark(state: str) -> str:
    return f'<span class="mark"><span class="said">{_BOX_WORDS[state]}: </span></span>'


def _box_html(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return _box_mark(tokens[idx].content)


def _table_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table></div>\n"


def _cell(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    """Alignment as a class: the pages carry no inline style."""
    token = tokens[idx]
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f'<{token.tag} class="{side}">' if side in ("left", "right", "center") else f"<{token.tag}>"


def _html_inline(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """Raw HTML is shown as text; its comments are not shown, as nowhere else either."""
    return escape(_HTML_COMMENT.sub("", tokens[idx].content))


def _html_block(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    shown = escape(_HTML_COMMENT.sub("", tokens[idx].content).strip())
    return f"<p>{shown}</p>\n" if shown else ""


def _engine() -> MarkdownIt:
    engine = MarkdownIt("js-default", {"maxNesting": blocks.MAX_NESTING, "html": True, "linkify": False})
    engine.inline.ruler.before("link", "wiki_link", _wiki_link)
    engine.inline.ruler.before("link", "comment", _comment)
    engine.validateLink = lambda url: True  # type: ignore[method-assign]  # _links decides, by an allow-list
    for name, rule in (
        ("box", _box_html),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("th_open", _cell),
        ("td_open", _cell),
        ("html_block", _html_block),
        ("html_inline", _html_inline),
    ):
        engine.add_render_rule(name, rule)
    return engine


_ENGINE = _engine()
