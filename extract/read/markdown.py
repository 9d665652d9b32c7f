"""Markdown, written by hand or by a converter: the text without its marks; pipes of tables stay, they part cells."""

from __future__ import annotations

import re

# Quantifiers that give nothing back (*+, ++) keep the time in proportion to the text, whatever stands in it.
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~).*$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(?:[^\n]{0,400}\n){0,60}?---\n")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]++(.*)$", re.MULTILINE)
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{3,}|\*{3,}|_{3,}|(?:\* ){2,}\*|(?:- ){2,}-)[ \t]*$", re.MULTILINE)
_RULE_ROW = re.compile(r"^[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)++\|?[ \t]*+$\n?", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[*+](?=[ \t]+\S)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^)\n]{0,2000}\)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|span|div|p|center|font|small)\b[^<>\n]{0,200}>", re.IGNORECASE)
_STRONG = re.compile(
    r"(?<![\\\w*])\*\*(?=\S)([^\n]{1,2000}?)(?<=\S)\*\*(?!\*)|(?<![\\\w_])__(?=\S)([^\n]{1,2000}?)(?<=\S)__(?![\w_])"
)
_EMPHASIS = re.compile(
    r"(?<![\\\w*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![\w*])|(?<![\\\w_])_(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_])_(?![\w_])"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~'\"&])")
_ENTITIES = {"&nbsp;": "\u00a0", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&euro;": "€", "&quot;": '"', "&#39;": "'"}
_MANY_BLANKS = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def read_markdown(text: str) -> str:
    """The text of a Markdown document: headings stand alone, emphasis, links, quotes and escapes lose their marks."""
    text = _without_comments(_FRONT.sub("", text))
    text = _FENCE.sub("", _RULE_ROW.sub("", text))
    text = _HEADING.sub(_heading, _UNDERLINE.sub("", text))
    text = _BULLET.sub(r"\1•", _QUOTE.sub("", text))
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _TAG.sub("", "\n".join(_broken(line) for line in text.split("\n")))
    for _ in range(2):  # emphasis within emphasis
        text = _EMPHASIS.sub(_inner, _STRONG.sub(_inner, text))
    for entity, sign in _ENTITIES.items():
        text = text.replace(entity, sign)
    text = _ESCAPE.sub(r"\1", text)
    return _MANY_BLANKS.sub("\n\n", text).strip("\n")


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin)) >= 0:
        parts.append(text[at:begin])
        at = end + len("-->")
    return "".join(parts) + text[at:]


def _heading(found: re.Match[str]) -> str:
    """The title alone: signs may close it too ("## Title ##")."""
    return f"\n{found[1].rstrip().rstrip('#').rstrip()}\n"


def _broken(line: str) -> str:
    """Breaks inside a table's cell are spaces, for a row is one line."""
    return _BREAK.sub(" " if line.count("|") > 1 else "\n", line)


def _inner(found: re.Match[str]) -> str:
    return found[1] if found[1] is not None else found[2]
