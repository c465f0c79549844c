"""Digests of what a stage's result depends on beside its captures: its code, its rules, its tables.

The code of a stage is found from its function: the functions and records of its own module that it
names, and every module of the project that these, in turn, import; with the weights that they read
and the versions of the libraries that they use. What it does not reach does not make it new.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import hashlib
import importlib.metadata
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("transforms", "expectations", "flows")
# What they bring in is digested by itself (the reference tables), or is no result: words for
# errors, and captures that cost too much, which are tried again in every run.
ELSEWHERE = ("flows.budget", "flows.corrected", "flows.desk", "flows.sources")
CODE = frozenset({".py", ".tsv", ".sql", ".html"})
WEIGHTS = ROOT / "transforms" / "weights"


def of(*parts: object) -> str:
    """The digest of values by what they print as; each part stands for itself."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = (part if isinstance(part, str) else repr(part)).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def of_tree() -> str:
    """The digest of all code of the project with its data, and of the libraries as installed."""
    folders = [ROOT / package for package in (*PACKAGES, "warehouse")]
    paths = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in CODE)
    return of(
        [(str(p.relative_to(ROOT)), p.read_bytes()) for p in paths], _libraries(), sys.version
    )


def _libraries() -> list[str]:
    """The libraries that the project asks for, as installed."""
    asked = importlib.metadata.requires("communique") or []
    names = [re.match(r"[\w.-]+", r) for r in asked if "extra ==" not in r]
    versions = []
    for name in sorted({n.group() for n in names if n}):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions.append(f"{name} {importlib.metadata.version(name)}")
    return versions


@functools.cache
def of_code(module: str, *functions: str) -> str:
    """The digest of these functions of the module with all that they rest on."""
    own = dict(_own(_tree(module)))
    modules = modules_of(module, *functions)
    sources = [_path(m).read_text(encoding="utf-8") for m in modules]
    texts = "".join(sources)
    weights = [
        p.read_text("utf-8") for p in sorted(WEIGHTS.glob("*.tsv")) if f'rows("{p.stem}")' in texts
    ]
    parts = [ast.unparse(own[name]) for name in sorted(_reached(own, functions))]
    return of(parts, modules, sources, weights, _versions(modules), sys.version_info[:2])


def modules_of(module: str, *functions: str) -> tuple[str, ...]:
    """The project's modules that these functions rest on, sorted."""
    own = dict(_own(_tree(module)))
    used = {
        target
        for name in _reached(own, functions)
        for target in _modules_used(own[name], _imported(module))
    }
    return tuple(sorted(_closure(used)))


def _own(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """What the module itself defines, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield from ((t.id, node) for t in node.targets if isinstance(t, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node


def _reached(own: dict[str, ast.stmt], functions: Iterable[str]) -> set[str]:
    waiting, reached = list(functions), set[str]()
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        names = {n.id for n in ast.walk(own[name]) if isinstance(n, ast.Name)}
        waiting += sorted(names & own.keys())
    return reached


@functools.cache
def _imported(module: str) -> dict[str, str]:
    """Names of the module that stand for another module, or for something in one."""
    found = {}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]] = alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def _modules_used(node: ast.AST, imported: dict[str, str]) -> Iterator[str]:
    """The modules that code names, as closely as it does: dates.orders of `dates.orders.f`."""
    inner = {id(n.value) for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    for used in ast.walk(node):
        if isinstance(used, ast.Name | ast.Attribute) and id(used) not in inner:
            chain = _chain(used)
            if chain and chain[0] in imported:
                yield _module_of(".".join([imported[chain[0]], *chain[1:]]))


def _chain(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute) and (before := _chain(node.value)):
        return [*before, node.attr]
    return []


def _module_of(dotted: str) -> str:
    """The longest part of the name that is a module; outside the project its first part."""
    parts = dotted.split(".")
    if parts[0] not in PACKAGES:
        return parts[0]
    while len(parts) > 1 and not _path(".".join(parts)).is_file():
        parts.pop()
    return ".".join(parts)


def _closure(entries: Iterable[str]) -> set[str]:
    """The project's modules among these, and all that they import, directly or not."""
    waiting, found = list(entries), set[str]()
    while waiting:
        module = waiting.pop()
        if module in found or module.partition(".")[0] not in PACKAGES:
            continue
        if module.startswith(ELSEWHERE):
            continue
        found.add(module)
        waiting += (_module_of(target) for target in _imported(module).values())
    return found


def _versions(modules: Iterable[str]) -> list[str]:
    """Names and versions of the libraries that the modules import."""
    targets = (target for module in modules for target in _imported(module).values())
    libraries = {target.partition(".")[0] for target in targets}
    outside = libraries - set(PACKAGES) - sys.stdlib_module_names
    return [f"{name} {importlib.metadata.version(name)}" for name in sorted(outside)]


@functools.cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_path(module).read_text(encoding="utf-8"))


def _path(module: str) -> Path:
    place = ROOT.joinpath(*module.split("."))
    package = place / "__init__.py"
    return package if package.is_file() else place.with_suffix(".py")
