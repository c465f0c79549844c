"""Which captures are behind a row of a table: whom a broken rule on that row leads back to."""

from __future__ import annotations

from collections.abc import Mapping

_OF_REPORTS = """FROM event_reports r JOIN articles a ON a.article_id = r.article_id
    WHERE r.event_id = t.event_id"""
_OF_MENTIONS = """FROM mentions m JOIN articles a ON a.article_id = m.article_id
    WHERE m.entity_id = t.entity_id"""
_ITS_OWN = "SELECT t.capture_id"
_ITS_ARTICLES = "SELECT a.capture_id FROM articles a WHERE a.article_id = t.article_id"

# For a row `t` the captures behind it, as SQL. A table that is not here is nobody's in particular.
ORIGINS: Mapping[str, str] = {
    "rejections": _ITS_OWN,
    "blocks": _ITS_OWN,
    "articles": _ITS_OWN,
    "date_candidates": _ITS_ARTICLES,
    "mentions": _ITS_ARTICLES,
    "quotations": _ITS_ARTICLES,
    "entities": f"SELECT a.capture_id {_OF_MENTIONS}",
    "entity_names": f"SELECT a.capture_id {_OF_MENTIONS} AND m.surface = t.surface",
    "pair_decisions": """SELECT a.capture_id FROM articles a
        WHERE a.article_id IN (t.article_id_l, t.article_id_r)""",
    "events": f"SELECT a.capture_id {_OF_REPORTS}",
    "event_reports": _ITS_ARTICLES,
    "event_participants": f"""SELECT a.capture_id {_OF_REPORTS} AND EXISTS (
        SELECT 1 FROM mentions m
         WHERE m.article_id = r.article_id AND m.entity_id = t.entity_id)""",
    "event_disagreements": _ITS_ARTICLES,
}
# The row of a capture itself stays in the release, whatever becomes of what was read of it; only
# rules that speak of the latter lead back to it.
CAPTURES = {"captures": _ITS_OWN}
# Every row of these comes of one capture.
OF_ONE_CAPTURE = frozenset(
    {"rejections", "blocks", "articles", "date_candidates", "mentions", "quotations"}
)
