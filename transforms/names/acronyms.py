"""Initials that an article introduces in brackets: they stand for the name before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.names.name import Name
from transforms.names.readings import Reading, name_at


def named(readings: Sequence[Reading], names: Sequence[Name]) -> Iterator[Name]:
    """The initials of those bodies that are among the article's names, wherever printed."""
    full = {name.candidates for name in names if name.form == "found"}
    bodies = {b.acronym: b for r in readings for b in r.bodies if b.acronym and (b.key,) in full}
    if not bodies:
        return
    for reading in readings:
        words = reading.words
        if words.text.isupper():
            continue
        for index in words.capital_at:
            body = bodies.get(words.keys[index])
            if body is None or not words.is_upper(index) or index in reading.starts:
                continue
            yield name_at(
                reading,
                index,
                index,
                None,
                body.entity_type,
                (body.key,),
                "body:acronym",
                form="acronym",
                is_authority=False,
            )
