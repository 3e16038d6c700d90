"""The oracle and the profiles are plain modules beside these tests."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

PACK = Path(__file__).resolve().parents[2] / "knowledge/packs/jiangsu-2023-industrial-internet"


@pytest.fixture(scope="session")
def pack():
    from knowledge.pack import load_pack

    return load_pack(PACK)
