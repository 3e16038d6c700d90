from assistant.understanding.instead import instead, without_other_regions
from assistant.understanding.intent import Candidate
from knowledge.models import Topic

REQUIRED = Topic(id="required", route="lookup", title="须贯标", of_others="only", questions=("要贯标吗",))
LEVEL = Topic(id="level", route="unresolved", title="等级", of_others="only", questions=("要几级",))
PHONE = Topic(id="phone", route="contact", title="电话", questions=("电话",))
REGION = Topic(id="other-region", route="out_of_scope", title="外省", questions=("浙江怎么报",))
ONLY = Topic(id="only", route="lookup", title="哪类要", questions=("三类都要吗",))


def by_id(topic_id: str) -> Topic | None:
    return ONLY if topic_id == ONLY.id else None


def test_topics_that_lead_to_the_same_one_speak_for_it_together() -> None:
    found = instead(
        [Candidate(PHONE, 0.4), Candidate(REQUIRED, 0.35), Candidate(LEVEL, 0.25)],
        lambda topic: topic.of_others,
        by_id,
    )
    assert [(c.topic.id, round(c.probability, 2)) for c in found] == [("only", 0.6), ("phone", 0.4)]


def test_a_topic_that_names_none_or_one_that_is_not_there_stays() -> None:
    found = instead([Candidate(REQUIRED, 0.7), Candidate(PHONE, 0.3)], lambda topic: "nowhere", by_id)
    assert [c.topic.id for c in found] == ["required", "phone"]


def test_without_other_regions_the_rest_is_as_probable_together_as_all_were() -> None:
    read = without_other_regions(lambda texts: [(Candidate(REGION, 0.6), Candidate(PHONE, 0.3))] * len(texts))
    assert [(c.topic.id, round(c.probability, 2)) for c in read(["泰州的电话"])[0]] == [("phone", 0.9)]


def test_where_nothing_but_another_region_is_left_it_stays() -> None:
    read = without_other_regions(lambda texts: [(Candidate(REGION, 0.6),)] * len(texts))
    assert read(["泰州"]) == [(Candidate(REGION, 0.6),)]
