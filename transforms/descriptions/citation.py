"""CITATION.cff of a release: a dataset with its version, in the form citation tools read."""

from __future__ import annotations

import json

from transforms.descriptions.about import CREATOR, DESCRIPTION, TITLE, About


def cff(about: About) -> str:
    """The file, Citation File Format 1.2.0."""
    fields = {
        "cff-version": "1.2.0",
        "message": "Please cite this dataset with its version and the SHA-256 of manifest.json.",
        "type": "dataset",
        "title": TITLE,
        "abstract": DESCRIPTION,
        "version": about.version,
        **({"date-released": about.day.isoformat()} if about.day else {}),
        **({"license": about.rights.licence} if about.rights.licence else {}),
    }
    # JSON strings are YAML strings: nothing a licence may be called breaks the file.
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    lines += ["authors:", f"  - name: {json.dumps(CREATOR)}"]
    lines += ["keywords:", *(f"  - {word}" for word in ("news", "events", "quotations"))]
    return "\n".join(lines) + "\n"
