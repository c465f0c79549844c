"""A printed name, on its way from being found to being resolved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name in a passage, with everything the article itself tells about it.

    `candidates` are keys of the reference tables, or the key of a person found in text
    (`is_authority` False); `holder` is the country or organisation printed with the office;
    `form` tells whether a person is named in full, found in text, or by surname only.
    """

    block_index: int
    start: int
    end: int
    surface: str
    office: str | None
    office_name: str | None
    holder: str | None
    entity_type: str
    candidates: tuple[str, ...]
    method: str
    is_authority: bool
    surname: str | None
    form: str

    @property
    def is_person(self) -> bool:
        """Whether a person is named."""
        return self.entity_type == "person"
