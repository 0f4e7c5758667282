"""HTML of plain bodies, without the engine: the very bytes that it would give, or none.

Takes what `blocks.scan` is certain of, and within a text only strong, emphasis, code and `[[links]]` whose ends no rule of
Markdown can read otherwise. Most bodies and nearly all check-in notes are of that kind.
"""

import re
from collections.abc import Callable, Sequence

from goalkit.vault import blocks
from goalkit.vault.blocks import Event

# Anything but these marks is only itself; `&` and `!` only where nothing can come of them.
_PLAIN = r"[^*_`\[\]<&\\!~%\n]|&(?!#?\w+;)|!(?!\[)|%(?!%)|~(?!~)"
_INNER = r"[^*_`\[\]<&\\!~%\n]"
_TOKEN = re.compile(
    rf"(?P<plain>(?:{_PLAIN})+)"
    rf"|(?P<wiki>!?\[\[[^\[\]|\n]+(?:\|[^\[\]\n]*)?\]\])"
    rf"|(?<![^ \n(])\*\*(?P<strong>[^\W_](?:{_INNER}*(?:[^\W_]|[.,:;?](?=\*\*(?:[ \n]|$))))?)\*\*(?![^ \n).,;:?])"
    rf"|(?<![^ \n(])\*(?P<em>[^\W_](?:{_INNER}*(?:[^\W_]|[.,:;?](?=\*(?:[ \n]|$))))?)\*(?![^ \n).,;:?])"
    r"|(?<!`)`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    r"|(?P<end>\n)"
)

# One line of words, as most check-in notes are: nothing in it can mean anything else.
_SENTENCES = re.compile(rf"{blocks.WORD}(?:{_PLAIN})*(?<![\s])")


def html(
    text: str, link: Callable[[str], str], heading_id: Callable[[str], str], box: Callable[[str], str]
) -> str | None:
    """The HTML of `text`, or none where it is not plain all through.

    `link` renders a wiki link, `heading_id` names a heading, `box` gives the class and the mark of a task.
    """
    if _SENTENCES.fullmatch(text):
        return f"<p>{escape(text)}</p>\n"
    events = blocks.scan(text)
    return None if events is None else _Writer(link, heading_id, box).write(events)


def escape(text: str) -> str:
    """As the engine escapes text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


class _Writer:
    def __init__(
        self, link: Callable[[str], str], heading_id: Callable[[str], str], box: Callable[[str], str]
    ) -> None:
        self.link = link
        self.heading_id = heading_id
        self.box = box

    def write(self, events: Sequence[Event]) -> str | None:
        out: list[str] = []
        in_list = False
        for i, event in enumerate(events):
            if event.kind == "item":
                if in_list and events[i - 2].last != event.first:
                    return None
                out.append("<li>" if in_list else "<ul>\n<li>")
                in_list = True
            elif event.kind == "end":
                out.append("</li>\n")
            else:
                if in_list and (event.kind == "heading" or event.level == 1):
                    out.append("</ul>\n")
                    in_list = False
                if event.kind == "text" and not self._text(out, event, events[i - 1] if i else None):
                    return None
        return "".join((*out, "</ul>\n" if in_list else ""))

    def _text(self, out: list[str], event: Event, before: Event | None) -> bool:
        text = event.text
        if event.level == 3 and re.match(r"\[.\](?:[ \t]|$)", text):
            out[-1] = out[-1].replace("<li>", self.box(text[1]))
            text = text[4:]
            if text[:1].isspace() or not text:
                return False
        inline = self._inline(text)
        if inline is None:
            return False
        if event.level == 3:
            out.append(inline)
        elif before is not None and before.kind == "heading":
            tag = f"h{min(before.depth + 1, 6)}"
            out.append(f'<{tag} id="{escape(self.heading_id(event.text))}">{inline}</{tag}>\n')
        else:
            out.append(f"<p>{inline}</p>\n")
        return True

    def _inline(self, text: str) -> str | None:
        out: list[str] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if not found:
                return None
            kind = found.lastgroup
            if kind == "plain":
                out.append(escape(found[0]))
            elif kind == "wiki":
                out.append(self.link(found[0]))
            elif kind == "end":
                if out and out[-1].endswith("  "):
                    return None
                out[-1:] = [out[-1].rstrip(" ")] if out else []
                out.append("\n")
                at += 1 + len(text[at + 1 :]) - len(text[at + 1 :].lstrip(" "))
                continue
            else:
                tag = str(kind)
                out.append(f"<{tag}>{escape(found[tag])}</{tag}>")
            at = found.end()
        return "".join(out)
