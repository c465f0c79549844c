"""What is code is no story; what speaks of code, or quotes some, is."""

from __future__ import annotations

import pytest

from transforms.code import is_code

STYLE = "body { margin: 0; }\n\n.head a { color: #fff; }\n\n@media print {\n\n.b { top: 0; }\n\n}"
SCRIPT = "function show(id) {\n\nvar e = find(id);\n\ne.hidden = false;\n\nreturn e;\n\n}"
FEED = "<item>\n\n<title>Pier is closed</title>\n\n<link>http://x.example/a</link>\n\n</item>"
STORY = "The council closed the pier on Tuesday; nobody spoke against it (but the cafe's owner)."


@pytest.mark.parametrize("text", [STYLE, SCRIPT, FEED])
def test_code_is_no_story(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize("text", [STORY, f"{STORY}\n\n{STORY}\n\nprint(pier.is_open);"])
def test_a_story_is_no_code(text: str) -> None:
    assert not is_code(text)
