"""Code: text of a program, a style sheet or a feed, which tells no story whatever it says."""

from __future__ import annotations

import re

# Of all lines so many end or open as statements do, and so many characters are marks of code.
STATEMENTS, MARKS = 0.4, 0.04
LINE_OF_CODE = re.compile(
    r"[;{}]\s*(?:/[/*].*)?$|^\s*(?:[{}]|//|/\*|\*/|</?[a-z][\w:-]*[ />]"
    r"|@(?:media|import|font-face)|#include|(?:function|var|let|const|import|return|def|class|public|private)\b[^.!?]*[({;=:])"
)
MARK_OF_CODE = re.compile(r"[{}();=<>\[\]#$|&]")
MANY = 400  # lines that are looked at


def is_code(text: str) -> bool:
    """Whether the text is that of a program.

    >>> is_code("a { margin: 0; }"), is_code("They met; then left.")
    (True, False)
    """
    lines = [line for line in text.split("\n") if line.strip()][:MANY]
    told = "\n".join(lines)
    statements = sum(bool(LINE_OF_CODE.search(line)) for line in lines)
    marks = len(MARK_OF_CODE.findall(told))
    return statements >= STATEMENTS * len(lines) and marks >= MARKS * max(1, len(told))
