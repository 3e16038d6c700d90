from pathlib import Path

import pytest

from evals.source import Source
from knowledge.pack import PACKS_ROOT, load_pack


@pytest.fixture(scope="session")
def source() -> Source:
    return Source(load_pack(Path(PACKS_ROOT) / "jiangsu-2023-industrial-internet"))
