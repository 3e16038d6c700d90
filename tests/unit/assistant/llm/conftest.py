import pytest

from assistant.llm.wording import Wording, load_wording


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording()
