"""What a wiki link looks like, for everything that reads one."""

import re

LINK = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
"""A link or an embed in running text: its `!`, its target, its label."""

WHOLE = re.compile(r"\[\[[^\[\]\n]*\]\]")
"""A link as front matter holds it, empty ones included."""
