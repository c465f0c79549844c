"""Full-text search in SQL: ranked, in any script, with prefixes and phrases, without a download."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from flows import catalog, publish, store
from tests.expectations.release import good, to_tables
from transforms import searching
from transforms.tables import RELEASED

TEXTS = {
    "a_1": ("Rühe in Łódź", "Der Minister sprach. Troops: 2,850 men, and no accord on security."),
    "a_2": ("Совет НАТО", "Жёлтый дом в Москве. Россия подписала соглашение."),
    "a_3": ("A security accord", "The security accord was signed. The security accord holds."),
    "a_4": ("Nothing", "The weather was fine over the river."),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("search")
    tables = to_tables([good()])
    base = tables["articles"].slice(0, 1).to_pylist()[0]
    rows = [
        {**base, "article_id": key, "title": title, "text": text, "word_count": len(text.split())}
        for key, (title, text) in TEXTS.items()
    ]
    tables["articles"] = pa.Table.from_pylist(rows, schema=tables["articles"].schema)
    for table in RELEASED:
        store.write_table(
            warehouse / "build", table, tables.get(table.name, table.schema.empty_table())
        )
    published = publish.publish(warehouse / "build", warehouse / "releases", {})
    catalog.write(warehouse / "communique.duckdb", published.folder)
    return warehouse / "communique.duckdb"


def found(made: Path, words: str) -> list[str]:
    with duckdb.connect(str(made), read_only=True) as connection:
        rows = connection.execute("select article_id from search($1)", [words]).fetchall()
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ruhe", ["a_1"]),
        ("RÜHE", ["a_1"]),
        ("желтый москве", ["a_2"]),
        ("Россия", ["a_2"]),
        ("2,850", ["a_1"]),
        ("security", ["a_3", "a_1"]),
        ("security weather", []),
        ('"security accord"', ["a_3"]),
        ('"accord on security" 850', ["a_1"]),
        ("sign*", ["a_3"]),
        ("подпис*", ["a_2"]),
        ("'; drop view articles; --", []),
        ("", []),
        ("*", []),
    ],
)
def test_words_of_any_script_are_found_the_best_first(
    made: Path, words: str, wanted: list[str]
) -> None:
    assert found(made, words) == wanted


def test_the_rank_is_that_of_bm25(made: Path) -> None:
    """Okapi BM25 by hand: one word in one article's text, k1 1.2, b 0.75."""
    import math

    with duckdb.connect(str(made), read_only=True) as connection:
        (score,) = connection.execute("select score from search('weather')").fetchall()[0]
    lengths = [len(text.split()) for _, text in TEXTS.values()]
    idf = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (0.25 + 0.75 * lengths[3] / (sum(lengths) / 4))
    assert score == pytest.approx(idf * 2.2 / (1 + norm), abs=0.001)


def test_the_index_counts_words_of_text_and_title() -> None:
    articles = pa.table(
        {"article_id": ["a", "b"], "title": ["Été", None], "text": ["été ete two", "two"]}
    )
    assert searching.index(articles).to_pylist() == [
        {"term": "ete", "article_row": 0, "text_count": 2, "title_count": 1},
        {"term": "two", "article_row": 0, "text_count": 1, "title_count": 0},
        {"term": "two", "article_row": 1, "text_count": 1, "title_count": 0},
    ]


def test_an_earlier_release_is_asked_by_its_version(made: Path) -> None:
    with duckdb.connect(str(made), read_only=True) as connection:
        rows = connection.execute("select count(*) from as_of('articles', '1.0.0')").fetchall()
        names = {row[0] for row in connection.execute("from help()").fetchall()}
    assert rows == [(len(TEXTS),)]
    assert {"search", "as_of", "timeline", "help"} <= names
