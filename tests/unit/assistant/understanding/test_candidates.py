import pytest

from assistant.understanding.candidates import asked_of_another
from knowledge.models import Topic

BASIC = Topic(id="basic", route="lookup", title="共同的条件", of_one="申报条件", questions=("有什么条件",))
FLOOR = Topic(id="floor", route="lookup", title="投入下限", category="factory", questions=("投多少",))
PHONE = Topic(id="phone", route="contact", title="电话", questions=("电话",))


@pytest.mark.parametrize(
    ("topic", "named", "asked"),
    [
        (BASIC, ("factory",), "申报条件"),
        (BASIC, ("factory", "platform"), ""),
        (BASIC, (), ""),
        (FLOOR, ("platform",), "投入下限"),
        (FLOOR, ("factory",), ""),
        (PHONE, ("platform",), ""),
    ],
)
def test_of_a_category_named_another_topic_may_be_asked(
    topic: Topic, named: tuple[str, ...], asked: str
) -> None:
    assert asked_of_another(topic, named) == asked
