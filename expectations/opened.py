"""The suites as a file context of Great Expectations, for whoever knows that library.

One data source for the tables of the build and one for the facts across tables, an asset with a
batch definition for each table, a suite and a validation definition for each asset, and one
checkpoint that runs all of them. The same rules give the same files: ids follow from names.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pyarrow as pa
import yaml

CHECKPOINT = "communique"
FACTS = "facts"
BATCH = "whole"
_NAMES = uuid.UUID("6f1f6f0e-6b0a-5c39-9d0a-0d2f1a7c1e55")
_STORES = {
    "expectations_store": ("ExpectationsStore", "expectations/"),
    "validation_results_store": ("ValidationResultsStore", "uncommitted/validations/"),
    "checkpoint_store": ("CheckpointStore", "checkpoints/"),
    "validation_definition_store": ("ValidationDefinitionStore", "validation_definitions/"),
}


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations on one table of the build, or on the facts about it.

    `expectations` are those of Great Expectations as plain values: type, kwargs, severity,
    description and meta. `facts` are the rows they look at where they are on facts.
    """

    table: str
    expectations: Sequence[Mapping[str, Any]]
    facts: pa.Table | None = None

    @property
    def name(self) -> str:
        """The name of suite, asset and validation definition."""
        return self.table if self.facts is None else f"{self.table}_{FACTS}"


def files_of(suites: Sequence[Suite], build: PurePath, context: PurePath) -> dict[str, str]:
    """The text files of the context by their paths in it; both folders are absolute."""
    files = {
        "great_expectations.yml": _yaml(_configuration(suites, build, context)),
        ".gitignore": "uncommitted/\n",
        f"checkpoints/{CHECKPOINT}.json": _json(_checkpoint(suites)),
    }
    for suite in suites:
        files[f"expectations/{suite.name}.json"] = _json(_suite(suite))
        files[f"validation_definitions/{suite.name}.json"] = _json(_validation(suite))
    return files


def _configuration(
    suites: Sequence[Suite], build: PurePath, context: PurePath
) -> Mapping[str, Any]:
    on_tables = [s for s in suites if s.facts is None]
    on_facts = [s for s in suites if s.facts is not None]
    return {
        "config_version": 4.0,
        "plugins_directory": "plugins/",
        "stores": {name: _store(*described) for name, described in _STORES.items()},
        "expectations_store_name": "expectations_store",
        "validation_results_store_name": "validation_results_store",
        "checkpoint_store_name": "checkpoint_store",
        "data_docs_sites": {
            "local_site": {
                "class_name": "SiteBuilder",
                "store_backend": _backend("uncommitted/data_docs/local_site/"),
                "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            }
        },
        "fluent_datasources": {
            "tables": _source("tables", on_tables, build),
            FACTS: _source(FACTS, on_facts, context / FACTS),
        },
        "analytics_enabled": False,
        "data_context_id": _id("context"),
    }


def _store(kind: str, folder: str) -> dict[str, Any]:
    return {"class_name": kind, "store_backend": _backend(folder)}


def _backend(folder: str) -> dict[str, Any]:
    return {
        "class_name": "TupleFilesystemStoreBackend",
        "suppress_store_backend_id": True,
        "base_directory": folder,
    }


def _source(name: str, suites: Sequence[Suite], folder: PurePath) -> dict[str, Any]:
    return {
        "type": "pandas_filesystem",
        "id": _id("source", name),
        "base_directory": str(folder),
        "assets": {
            s.name: {
                "type": "parquet",
                "id": _id("asset", s.name),
                "batch_definitions": {
                    BATCH: {
                        "id": _id("batch", s.name),
                        "partitioner": {"regex": rf"{s.table}\.parquet$", "param_names": []},
                    }
                },
            }
            for s in suites
        },
    }


def _suite(suite: Suite) -> dict[str, Any]:
    return {
        "name": suite.name,
        "id": _id("suite", suite.name),
        "expectations": [
            {**e, "id": _id("expectation", suite.name, str(number))}
            for number, e in enumerate(suite.expectations)
        ],
        "meta": {"table": suite.table},
        "notes": None,
    }


def _validation(suite: Suite) -> dict[str, Any]:
    source = "tables" if suite.facts is None else FACTS
    return {
        "name": suite.name,
        "id": _id("validation", suite.name),
        "data": {
            "asset": {"id": _id("asset", suite.name), "name": suite.name},
            "batch_definition": {"id": _id("batch", suite.name), "name": BATCH},
            "datasource": {"id": _id("source", source), "name": source},
        },
        "suite": {"id": _id("suite", suite.name), "name": suite.name},
    }


def _checkpoint(suites: Sequence[Suite]) -> dict[str, Any]:
    return {
        "name": CHECKPOINT,
        "id": _id("checkpoint"),
        "actions": [],
        "result_format": {"result_format": "SUMMARY"},
        "validation_definitions": [
            {"id": _id("validation", s.name), "name": s.name} for s in suites
        ],
    }


def _id(*names: str) -> str:
    return str(uuid.uuid5(_NAMES, "/".join(names)))


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _yaml(value: Mapping[str, Any]) -> str:
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
    return text
