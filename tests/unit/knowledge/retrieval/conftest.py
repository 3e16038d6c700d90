from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.pack import load_pack
from knowledge.retrieval.index import open_index
from knowledge.retrieval.settings import IndexSettings

SMALL_PACK = Path(__file__).parents[3] / "fixtures" / "small_pack"


@pytest.fixture(scope="session")
def small_pack():
    """A pack of another notice: three conditions, two categories, five exemplars."""
    return load_pack(SMALL_PACK)


@pytest.fixture(scope="session")
def small_index(small_pack, tmp_path_factory):
    """Its index."""
    index = open_index(small_pack, IndexSettings(index_root=tmp_path_factory.mktemp("index")))
    yield index
    index.close()
