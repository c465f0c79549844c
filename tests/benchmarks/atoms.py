"""Atoms of text that a capture may repeat without end: what a stage's patterns begin with.

Each is joined with itself to a text of any size. A stage that looks for the end of something
from every place where it could begin costs the square of such a text.
"""

from __future__ import annotations

from collections.abc import Iterator

WORDS = """
a
the
word
Word
WORD
moscow
Moscow
MOSCOW
moscow ap
Moscow (AP)
word,
word;
word:
word.
Word.
word?
word!
word...
Word Word,
word Word
Word of Word
Word and Word
the Word of the Word
""".strip("\n").split("\n")

NAMES = """
J.
J. R.
J. Smith
John Smith
Mr. Smith
Mr Smith and Mr Jones
John Smith Jr.
Van der Berg
Smith's
Smiths'
O'Brien
President Clinton
Presidents Clinton and Yeltsin
Russian Foreign Minister Igor Ivanov
foreign minister
the Russian president
the president of the Word
the chairman of the Word Council for Word
Minister of Foreign Affairs of the Russian Federation
Clinton
Ivanov
Boris Yeltsin, the president,
Luis "Jerry" Ortiz
John Smith, a teacher,
John Smith, 54,
Word Word (WW)
W.W.
U.S.
U.N. Security Council
NATO
Nato
NATO-Russia
Word Union
Union of Word
the Word Institute of Word
Washington, Moscow,
Istanbul, Turkey
Washington said
in Washington
the Kremlin
Partnership for Peace
Founding Act
Smith-Jones
Ann-Marie Smith-Jones
la de la
de van der
Lord of the
St. Petersburg
""".strip("\n").split("\n")

QUOTES = """
"
""
'
''
``
“
”
‘
’
„
«
»
"Word
"Word Cap,
"word
"word"
"word."
"word," he
"Word word," he said.
"Word word word word word word," said Mr Smith.
'Word one.
'word
'word'
'word,'
'Word,' he said
words'
word' 's
‘word
‘word’
“Word
“Word word,”
“Word word,” he said
„Word“
«word»
« word »
``word''
"Word word word." He
"Word 'word' word"
("word")
"Word!" "Word?"
"?
."
so-called "word"
the word "word"
known as "word"
Word: "word
""".strip("\n").split("\n")

CUES = """
said
he said
x he said
he said,
, he said
said Smith
said Mr Smith,
Smith said
Smith said that
according to
according to Smith
called it
was called
asked
when asked
he told
told reporters
quoted as
is quoted as saying
put it
went on
who said
he, she
, said he, said
said; said
said: said
said -- said
-- Ann Berg
and he
he
, who
but he said
adding that
, adding
he said he said that he
""".strip("\n").split("\n")

DATES = """
1
12
1999
19990618
1/2
1/2/99
06/18/1999
1.2.1999
18.06.
1999-06-18
June
June 18
June 18,
June 18, 1999
18 June 1999
18th of June
June 18-20
June 18 to 20, 1999
18 to 20 June
1998-1999
1998 to 1999
from 1998 to
between June and July
Monday
on Monday
Monday, June 18
Mon, 18 Jun 1999
last week
last month
next year
two weeks ago
two weeks after
weeks before the
less than a fortnight after
on the eve of
the 50th anniversary of
a year ago
last summer's
after the summit in Madrid
days before the president meets
at the summit
the Founding Act was signed
in June
May
may
12:30
12:30 GMT
12:30:45 p.m.
Published: June 18, 1999
Last updated: 06/18/1999
MOSCOW, June 18 (AP) --
HELSINKI, Finland, June 21, 1999 -
PARIS (Reuters) -
MOSCOW/PARIS, June 18, 1999 --
BRUSSELS --
yesterday
today, tomorrow
earlier this
in the 1990s
one hundred and twenty
twenty-one
hundred thousand million
3.5 percent
$3,000
1,000
10,000 troops
""".strip("\n").split("\n")

SIGNS = """
-
--
---
–
—
- -
word-
-word
word-word
word -- word
_
*
* * *
=
#
/
//
\\
.
..
. .
...
…
,
, ,
;
:
::
!
?
?!
&
&amp;
&#8217;
&#x
&
%
@
a@b.c
http://
http://www.example.org/a?b=c
www.
(
)
()
((
(word
word)
(word)
(Word) --
(AP)
[
]
[word]
{
}
<
>
<<
|
| word
word |
· word
» word
•
+
~
^
é
ß
İ
ﬁ
Москва
Путин сказал:
北京
مرحبا
\u0301
e\u0301
\u200b
\u00a0
\ufffd
Ã©
â€™
""".strip("\n").split("\n")

FURNITURE = """
By John Smith
By
By John Smith and
Copyright 1999
© 1999 Word
All rights reserved
Click here
Read more
Share this
Home | News | World
Photo: Reuters
(Photo by Word)
Related links
E-mail this
Page 1 of 2
Advertisement
Special to Word
Staff Writer
""".strip("\n").split("\n")

MARKUP = """
<p>word
<p>
<br>
<br>word
<div>
</div>
<div>word
<b>word
<b><i>
<b>word</b>
<a>
<a href=x>word
<a href="x">word</a>
<a name=
<li>word
<ul><li>
<table>
<table><tr><td>word
<td>word
<tr><td>
<font>
<font color=red>word
<span class="byline">word
<div class="date">June 18, 1999
<!--
<!-- word -->
<![CDATA[
<?xml
<script>
<script>var x
<script type="application/ld+json">{"@type":
<script type="application/ld+json">[
<style>
<style>a{}
<meta name="author" content="Word">
<meta name="date" content="1999-06-18">
<title>word
<h1>word
<h1>word</h1>
<blockquote>word
<select><option>word
<form><input>
<noscript>word
<svg>
<math>
<template>
<iframe>
<textarea>
<plaintext>
<pre>word
&nbsp;
&lt;
&lt;p&gt;
&quot;word
&#39;
&copy;
<
</
<a
<p class="
<p class='a' id='b' hidden>
<time datetime="1999-06-18">word
<body>
<html>
<head>
<img alt="word word">
""".strip("\n").split("\n")

TEXTS: dict[str, list[str]] = {
    "words": WORDS,
    "names": NAMES,
    "quotes": QUOTES,
    "cues": CUES,
    "dates": DATES,
    "signs": SIGNS,
    "furniture": FURNITURE,
    "lines": ["\n", "\r", "\r\n", "\t", "\x0c", "\x85", "word\n", "word\r", "Word\r\n", "word\t"],
}

PARAGRAPH = 400


def text(atom: str, size: int, layout: str) -> str:
    """So many characters of the atom: as one line, as paragraphs, or as the text of a page."""
    if layout == "line":
        return " ".join([atom] * (size // (len(atom) + 1) + 1))[:size]
    if layout == "glued":
        return (atom * (size // len(atom) + 1))[:size]
    one = text(atom, PARAGRAPH, "line")
    return "\n\n".join([one] * (size // PARAGRAPH))


def cases() -> Iterator[tuple[str, str, str]]:
    """Every atom with its layout and its media type."""
    for atoms in TEXTS.values():
        for atom in atoms:
            for layout in ("line", "paragraphs"):
                yield atom, layout, "text/plain"
            if " " not in atom:
                yield atom, "glued", "text/plain"
    for atom in MARKUP:
        for layout in ("line", "glued"):
            yield atom, layout, "text/html"
