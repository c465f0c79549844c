"""Which entity a name stands for: by the article first, then by office and date, never by guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transforms import ids
from transforms.articles import Passage
from transforms.authority import FAR_FUTURE, FAR_PAST, OfficeSpell
from transforms.names.lexicon import Lexicon, held_office
from transforms.names.name import Name
from transforms.names.support import BY_SUBJECT, BY_TENURE, UNSUPPORTED
from transforms.tables import Mention


@dataclass(frozen=True, slots=True)
class _Bearers:
    """The people an article is sure of, by key; those of no table also by their surname's end."""

    named: Mapping[str, Name]
    strangers: Mapping[str, Sequence[str]]

    def of(self, name: Name) -> tuple[str, ...]:
        """The keys of those whose surname this can be, in order."""
        keys = {key for key in name.candidates if key in self.named}
        keys.update(self.strangers.get(_surname_end(name), ()))
        return tuple(sorted(keys))


Bracket = tuple[dt.date | None, dt.date | None]
TENTATIVE = "surname:word"  # a name only if the article names somebody so called in full
OPEN_SPELL = dt.timedelta(days=4 * 365)  # how long an office of no known end is taken to last
FULL_FORMS = ("full", "found")
FORMER = re.compile(r"\b(?:former|ex|late|then|retired|onetime)\b", re.IGNORECASE)


def within_article(names: Sequence[Name], lexicon: Lexicon) -> tuple[Name, ...]:
    """The same names, each narrowed to what the rest of the article and its office allow."""
    full = _bearers({n.candidates[0]: n for n in names if _is_full(n)})
    narrowed = [_narrow(name, full, lexicon) for name in _introduced(names, full)]
    # A surname settled by its office ("Foreign Minister Ivanov") settles the bare ones too.
    settled = {
        n.candidates[0]: n
        for n in narrowed
        if n.is_person and len(n.candidates) == 1 and (n.office_name or n.form in FULL_FORMS)
    }
    if settled.keys() != (full.named or settled).keys():
        known = _bearers({**settled, **full.named})
        bare = ("surname", TENTATIVE)
        narrowed = [_narrow(n, known, lexicon) if n.method in bare else n for n in narrowed]
    return tuple(_by_use(list(_certain(narrowed))))


def _certain(names: Sequence[Name]) -> Iterator[Name]:
    """The names without those that may be words, unless the article has another so called."""
    bearers = {key for n in names if n.is_person and n.method != TENTATIVE for key in n.candidates}
    for name in names:
        if name.method != TENTATIVE:
            yield name
        elif bearers & set(name.candidates):
            yield replace(name, method="surname")


def _by_use(names: Sequence[Name]) -> list[Name]:
    """The names; one printed before anybody so called is introduced is the only one so called."""
    introduced: dict[str, int] = {}
    for index, name in enumerate(names):
        if _is_full(name):
            introduced.setdefault(name.candidates[0], index)
    used: dict[str, set[tuple[str, ...]]] = {}  # by candidate, in the surnames further down
    following: dict[str, tuple[int, Name]] = {}
    told: list[Name] = []
    for index in range(len(names) - 1, -1, -1):
        name = names[index]
        told.append(_used(name, index, introduced, used, following))
        if name.form == "surname":
            for key in name.candidates:
                used.setdefault(key, set()).add(name.candidates)
                following[key] = (index, name)
    return told[::-1]


def _used(
    name: Name,
    index: int,
    introduced: Mapping[str, int],
    used: Mapping[str, set[tuple[str, ...]]],
    following: Mapping[str, tuple[int, Name]],
) -> Name:
    if not name.is_person or name.form != "surname" or len(name.candidates) < 2 or name.office_name:
        return name
    bearers = name.candidates
    later = [following[key] for key in bearers if key in following]
    candidates = {c for key in bearers for c in used.get(key, ())}
    is_introduced = any(introduced.get(key, index) < index for key in bearers)
    if is_introduced or len(candidates) != 1:
        return name
    if min(later, key=lambda place: place[0])[1].method != "surname:introduced":
        return name
    return replace(name, candidates=candidates.pop(), method="surname:article")


def resolve(
    article_id: str,
    names: Sequence[Name],
    passages: Sequence[Passage],
    bracket: Bracket,
    lexicon: Lexicon,
) -> tuple[Mention, ...]:
    """The mentions of an article, in the order of its names.

    `bracket` holds the first and last day its event can have taken place. A name that stays
    open has no entity, and its method says between whom.
    """
    text_starts = {p.block_index: p.text_start for p in passages}
    settled = [_by_date(name, bracket, lexicon) for name in names]
    known = {n.candidates[0] for n in settled if _is_settled(n)}
    settled = [_by_known(name, known) for name in settled]
    keys = {(n.entity_type, n.candidates[0]) for n in settled if _is_settled(n)}
    entity_ids = {key: ids.entity_id(*key) for key in keys}
    return tuple(
        _mention(article_id, name, text_starts[name.block_index], entity_ids) for name in settled
    )


def _bearers(named: Mapping[str, Name]) -> _Bearers:
    strangers: dict[str, list[str]] = {}
    for key, name in named.items():
        if not name.is_authority and name.surname is not None:
            strangers.setdefault(_surname_end(name), []).append(key)
    return _Bearers(named, strangers)


def _surname_end(name: Name) -> str:
    return (name.surname or "").rpartition(" ")[2]


def _is_full(name: Name) -> bool:
    return name.is_person and name.form in FULL_FORMS and len(name.candidates) == 1


def _is_settled(name: Name) -> bool:
    return len(name.candidates) == 1 and not name.method.startswith("unresolved")


def _introduced(names: Sequence[Name], full: _Bearers) -> list[Name]:
    """The names; of several people of one surname, the only one named in full so far is meant."""
    seen: set[str] = set()
    told: list[Name] = []
    for name in names:
        if _is_full(name):
            seen.add(name.candidates[0])
        elif name.form == "surname" and name.is_person and name.office_name is None:
            bearers = full.of(name)
            before = seen.intersection(bearers)
            if len(bearers) > 1 and len(before) == 1:
                key = before.pop()
                name = replace(
                    name,
                    candidates=(key,),
                    method="surname:introduced",
                    is_authority=full.named[key].is_authority,
                )
        told.append(name)
    return told


def _narrow(name: Name, full: _Bearers, lexicon: Lexicon) -> Name:
    if not name.is_person or name.method == "surname:introduced":
        return name
    by_office = _holders(name, name.candidates, lexicon)
    if name.form != "surname":
        if len(name.candidates) > 1 and by_office:
            return replace(name, candidates=by_office)
        return name
    in_article = full.of(name)
    if len(in_article) == 1 and not (
        len(by_office) == 1 and _never_held(name, in_article, lexicon)
    ):
        return _settled(name, in_article, "surname:article", full)
    if in_article:
        fitting = _holders(name, in_article, lexicon) or by_office or in_article
        return _settled(name, fitting, "surname:office", full)
    return _settled(name, by_office or name.candidates, "surname:office", full)


def _holders(name: Name, keys: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Those who ever held the office printed with the name; none where none is printed."""
    if name.office_name is None:
        return ()
    return tuple(
        key
        for key in keys
        if any(
            held_office(spell, name.office_name, name.holder)
            for spell in lexicon.spells.get(key, ())
        )
    )


def _never_held(name: Name, keys: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the printed office belongs to another than the one person named in full."""
    return bool(lexicon.spells.get(keys[0])) and not _holders(name, keys, lexicon)


def _settled(name: Name, keys: tuple[str, ...], method: str, full: _Bearers) -> Name:
    if len(keys) != 1 or (keys == name.candidates and method == "surname:office"):
        return name if keys == name.candidates else replace(name, candidates=keys)
    suffix = "+damage" if name.method.endswith("+damage") else ""
    other = full.named.get(keys[0])
    is_authority = other.is_authority if other is not None else name.is_authority
    return replace(name, candidates=keys, method=method + suffix, is_authority=is_authority)


def _by_date(name: Name, bracket: Bracket, lexicon: Lexicon) -> Name:
    """The name with those candidates left whom its date allows."""
    if name.method.startswith("unresolved") or not name.candidates:
        return name
    if not name.is_person or not name.is_authority:
        return name if len(name.candidates) == 1 else _open(name)
    if len(name.candidates) == 1:
        if not _is_of_the_time(name, bracket, lexicon):
            return replace(name, candidates=(), method=UNSUPPORTED + name.candidates[0])
        return name
    in_office = tuple(k for k in name.candidates if _serves(k, name, bracket, lexicon))
    if name.office is not None and FORMER.search(name.office):
        in_office = tuple(k for k in name.candidates if not _serves(k, name, bracket, lexicon))
    is_dated = name.office_name is not None or bracket != (None, None)
    if len(in_office) != 1 or not is_dated:
        return _open(replace(name, candidates=in_office or name.candidates))
    how = "office_date" if name.office_name else "date"
    return replace(name, candidates=in_office, method=f"{name.form}:{how}")


def _is_of_the_time(name: Name, bracket: Bracket, lexicon: Lexicon) -> bool:
    """Whether the days of the story allow the only person left for a bare surname."""
    if name.method == BY_TENURE:
        spells = lexicon.spells.get(name.candidates[0], ())
        return None not in bracket and any(_meets_surely(spell, bracket) for spell in spells)
    is_bare = name.form == "surname" and name.method in ("surname", BY_SUBJECT)
    return not is_bare or _is_known_by(name.candidates[0], bracket, lexicon)


def _serves(key: str, name: Name, bracket: Bracket, lexicon: Lexicon) -> bool:
    return any(
        held_office(spell, name.office_name, name.holder) and meets(spell, bracket)
        for spell in lexicon.spells.get(key, ())
    )


def meets(spell: OfficeSpell, bracket: Bracket) -> bool:
    """Whether the spell has a day in common with the bracket."""
    start, end = bracket
    return spell.from_date <= (end or FAR_FUTURE) and spell.to_date >= (start or FAR_PAST)


def _meets_surely(spell: OfficeSpell, bracket: Bracket) -> bool:
    """Whether the spell meets the bracket, an end that no table knows being near its start."""
    if spell.to_date == FAR_FUTURE:
        spell = replace(spell, to_date=spell.from_date + OPEN_SPELL)
    return meets(spell, bracket)


def _is_known_by(key: str, bracket: Bracket, lexicon: Lexicon) -> bool:
    """Whether the only bearer of the surname had come into any office by then, as far as told."""
    spells = lexicon.spells.get(key, ())
    end = bracket[1]
    return end is None or not spells or min(s.from_date for s in spells) <= end


def _open(name: Name) -> Name:
    kind = "" if name.is_person else "name:"
    return replace(name, method=f"unresolved:{kind}" + "|".join(sorted(name.candidates)))


def _by_known(name: Name, known: set[str]) -> Name:
    """An open name settled where exactly one of its candidates is certain elsewhere."""
    is_choice = name.method.startswith("unresolved:") and len(name.candidates) > 1
    if not is_choice or (name.office is not None and name.office_name is not None):
        return name
    inside = known & set(name.candidates)
    if len(inside) != 1:
        return name
    return replace(name, candidates=tuple(inside), method=f"{name.form}:article")


def _mention(
    article_id: str,
    name: Name,
    text_start: int | None,
    entity_ids: Mapping[tuple[str, str], str],
) -> Mention:
    entity_id = entity_ids[name.entity_type, name.candidates[0]] if _is_settled(name) else None
    offset = text_start or 0
    return Mention(
        article_id=article_id,
        block_index=name.block_index,
        block_start=name.start,
        span_field="block" if text_start is None else "text",
        char_start=name.start + offset,
        char_end=name.end + offset,
        surface=name.surface,
        entity_id=entity_id,
        method=name.method,
        office=name.office,
    )
