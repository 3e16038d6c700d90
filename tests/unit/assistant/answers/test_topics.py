"""Answers to topics: what is said besides where the question gives cause to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answers.topics import topic_draft
from assistant.phrases import load_phrases
from knowledge.models import Aside, Asked, Kind, Topic, TopicAnswer

AS_OF = date(2023, 2, 10)
ASIDE = "3月15日前是各地工信局完成审核推荐的期限，不是企业的。"


def sentences(pack: Any, topic: Topic, question: str, *categories: str) -> list[str]:
    draft = topic_draft(pack, topic, categories, question, AS_OF, load_phrases())
    return [sentence.text for sentence in draft.sentences]


@pytest.mark.parametrize(
    ("topic", "question", "said"),
    [
        ("case-promotion", "会在报纸上宣传吗", "全省范围以外和在哪些媒体上宣传，通知没有写。"),
        ("case-promotion", "不想进案例集可以吗", "是否自愿、能否不参加，通知没有写，可致电"),
        (
            "fund-priority",
            "入选了就直接拿专项资金吗",
            "写的是同等条件下的优先支持，没有写自动入选或者直接取得。",
        ),
        ("registered-in-jiangsu", "总部在上海，江苏有分公司", "分公司、办事处等自己不是独立的法人"),
        ("notice-addressees", "发不发到县里", "主送单位里没有写县、区。"),
    ],
)
def test_what_a_question_takes_for_granted_is_put_right(
    pack: Any, topic: str, question: str, said: str
) -> None:
    assert said in sentences(pack, pack.topic(topic), question)[-1]
    assert said not in "".join(sentences(pack, pack.topic(topic), ""))


@pytest.mark.parametrize(
    ("topic", "question", "asked"),
    [
        ("processing-time", "专家评审会几号开", "评审会、会审的日期"),
        ("processing-time", "多久出结果", "多久出结果"),
        ("team-size", "技术人员兼职的行吗", "团队和人才能否外聘、兼职或外包"),
        ("finance-proof", "请代理记账公司做账", "财务外包、代理记账算不算健全的财务管理机构"),
        ("platform-other-recognition", "改名之后还算吗", "更名、改制或转让之后算不算已被认定"),
        (
            "platform-other-recognition",
            "旧平台关停，另建了一套",
            "认定过的平台停用、注销后另建的算不算重复申报",
        ),
        ("benchmark-recognised-before", "上回落选了", "以往申报没有通过的能否再报"),
        ("certification-level", "用ISO20000顶替", "其他认证或评估能否代替两化融合管理体系贯标"),
        ("certification-level", "要AA级吗", "贯标的等级、版本、范围或发证机构"),
        ("office-hours", "占线了，有其他联系方式吗", "别的联系方式"),
        ("other-papers", "营业执照副本要吗", "营业执照要不要交"),
        ("notice-as-paper", "一共几页", "自身有多少页、多少字"),
        ("processing-time", "批文几时下", "认定文件哪天下发"),
    ],
)
def test_what_is_left_open_is_named_as_it_was_asked(pack: Any, topic: str, question: str, asked: str) -> None:
    assert sentences(pack, pack.topic(topic), question)[0].startswith(f"通知没有写明{asked}")


def test_what_is_said_of_two_categories_alike_is_said_once(pack: Any) -> None:
    both = sentences(pack, pack.topic("application-system"), "网址", "benchmark_factory", "star_cloud")
    assert sum("打不开" in sentence for sentence in both) == 1
    assert "打不开" in both[-1]


@pytest.mark.parametrize(
    "question",
    ["是3月15日截止吗", "是3月15号截止吧？", "三月十五日截止吗", "三月十五号截止吗", "2023年3月15日截止吗"],
)
@pytest.mark.parametrize("category", ["platform", "benchmark_factory"])
def test_a_date_gives_cause_in_any_notation(pack: Any, question: str, category: str) -> None:
    said = sentences(pack, pack.topic("applicant-deadline"), question, category)
    assert said[-1] == ASIDE
    assert "2月28日前" in said[-2]


@pytest.mark.parametrize("question", ["市局什么时候审核完", "工信局推荐的期限算我们的吗"])
def test_another_word_gives_cause_as_it_stands(pack: Any, question: str) -> None:
    assert sentences(pack, pack.topic("applicant-deadline"), question, "platform")[-1] == ASIDE


@pytest.mark.parametrize(
    "question",
    ["什么时候截止", "2月28日截止吗", "三月十六号截止吗", "5月15日截止吗", "3月5日截止吗", "15个工作日够吗"],
)
def test_without_cause_nothing_is_said_besides(pack: Any, question: str) -> None:
    said = sentences(pack, pack.topic("applicant-deadline"), question, "platform")
    assert ASIDE not in said
    assert not any("3月15日" in sentence for sentence in said)


def test_without_a_category_the_common_answers_aside_is_said(pack: Any) -> None:
    said = sentences(pack, pack.topic("applicant-deadline"), "是四月十七号截止吗")
    assert said[-1] == "各地工信局完成审核推荐的期限是平台和标杆工厂类3月15日前、星级上云企业类4月17日前。"


def test_an_aside_of_two_categories_is_said_once(pack: Any) -> None:
    topic = pack.topic("applicant-deadline")
    assert sentences(pack, topic, "3月15号截止吗", "platform", "benchmark_factory").count(ASIDE) == 1


def test_slots_of_an_answer_and_of_its_aside_are_filled_by_category(pack: Any) -> None:
    topic = Topic(
        id="forms",
        route="lookup",
        title="表格",
        questions=("表格在哪",),
        answers=(
            TopicAnswer(
                text="填{forms}[annexes]。", asides=(Aside(when=("电话",), text="可致电{desks}[6]。"),)
            ),
        ),
    )
    assert sentences(pack, topic, "表格在哪，电话呢", "star_cloud") == [
        "填附件6《江苏省星级上云企业申报书》。",
        "可致电025-69652719。",
    ]


def test_a_category_of_the_topic_itself_fills_the_slots(pack: Any) -> None:
    topic = Topic(
        id="own",
        route="lookup",
        title="表格",
        category="platform",
        questions=("表格",),
        answers=(TopicAnswer(text="填{forms}[annexes]。"),),
    )
    assert sentences(pack, topic, "表格") == ["填附件4《江苏省重点工业互联网平台申报书》。"]


@pytest.mark.parametrize(
    ("topic", "question", "kind"),
    [
        ("applicant-kinds", "我们是民非，能报吗", "没有写明民办非企业单位能否申报"),
        ("applicant-kinds", "行业协会和研究院行不行", "没有写明高校和科研院所、协会、商会等社会团体能否申报"),
        ("applicant-kinds", "哪些单位不能报", "没有写明个体户、合作社、事业单位等单位类型能否申报"),
        ("tax", "公司断了社保行不行", "没有写明社保和公积金的要求"),
        ("tax", "要交多少税", "没有写明纳税的数额或等级"),
        ("patents-rnd", "有iso14001算不算", "没有写明ISO等管理体系认证的要求"),
        ("patents-rnd", "要几个发明专利", "没有写明专利和知识产权的要求"),
        ("patents-rnd", "有什么硬门槛", "没有写明专利、研发投入或高新资质等门槛"),
        ("company-size-minimum", "净利润要多少", "没有写明利润的最低要求"),
        ("office-hours", "礼拜天打过去接吗", "没有写明周末和节假日电话有没有人接"),
        ("office-hours", "这号码还管用吗", "没有写明电话现在是否还有效"),
        ("office-hours", "几点下班", "没有写明电话的接听时间"),
        ("postal-details", "那间屋是什么处室", "没有写明916室是哪个处室"),
        ("postal-details", "邮编写几", "没有写明邮编，"),
        ("star-other-recognition", "三星四星要隔多久", "没有写明升星要隔多久"),
        ("star-other-recognition", "省外那个称号认吗", "没有写明市级、外省或其他名称的星级认定是否算数"),
        ("originals-or-copies", "贯标证书交复印的行吗", "没有写明贯标证书交原件、复印件还是扫描件"),
        ("category-definitions", "二级节点算平台吗", "没有写明标识解析节点是否算工业互联网平台"),
    ],
)
def test_what_is_left_open_is_named_in_the_kind_that_was_asked(
    pack: Any, topic: str, question: str, kind: str
) -> None:
    only = {"originals-or-copies": ["benchmark_factory"], "category-definitions": ["platform"]}
    assert kind in sentences(pack, pack.topic(topic), question, *only.get(topic, []))[0]


def test_a_kind_that_no_word_asks_for_is_otherwise(pack: Any) -> None:
    asked = Asked(otherwise="甲乙", kinds=(Kind(name="甲", when=("甲",)), Kind(name="乙", when=("乙", "二"))))
    assert [asked.by(text) for text in ("要二吗", "要甲和乙吗", "要吗")] == ["乙", "甲、乙", "甲乙"]


@pytest.mark.parametrize(
    ("topic", "question", "category", "besides"),
    [
        ("independent-legal-person", "办事处行不行", None, "不是独立的法人"),
        ("finance-requirements", "要年年盈利吗", None, "没有写盈利的年数"),
        ("priority-recognition", "集群里的加分吗", None, "没有写加分"),
        ("which-desk", "老师叫什么名字", "platform", "没有写明联系人的姓名"),
        ("paper-submission", "寄到苏兴大厦918室对吗", None, "苏兴大厦916室"),
        ("bureau-deadline", "是3月15日吗", "platform", "企业自己的申报期限是2月28日前"),
        ("opening-date", "能先注册账号吗", "platform", "注册也在申报系统里办"),
        ("account-registration", "开通之前能注册吗", "benchmark_factory", "于2月6日开启"),
        ("cloud-months", "到4月17号满三个月", "star_cloud", "不算到那天"),
        ("cloud-payment-edge", "2月28号以后付的呢", "star_cloud", "不在计算期内"),
        ("cloud-payment-edge", "2021年11月一次交齐的", "star_cloud", "此前的付款不在计算期内"),
        ("cloud-amount-basis", "签了九十万，尾款没付", "star_cloud", "不是实际付款"),
        ("desk-phone", "主任手机多少", None, "没有写明手机号"),
        ("review-procedure", "复核的含义", None, "通知没有解释"),
        ("platform-types", "特色型和专业型都报", "platform", "能否同时按几种类型申报"),
        ("benchmark-modes", "共享制造归到哪种", "benchmark_factory", "归入哪个方向，通知没有写明"),
        ("star-five", "四星失效了", "star_cloud", "过期以后怎么算"),
        ("desk-phone", "我们市里的号码", "platform", "没有写明各市县工信局的电话"),
    ],
)
def test_a_premise_that_the_notice_does_not_bear_out_is_put_right(
    pack: Any, topic: str, question: str, category: str | None, besides: str
) -> None:
    about = (category,) if category else ()
    assert any(besides in said for said in sentences(pack, pack.topic(topic), question, *about))
    assert not any(besides in said for said in sentences(pack, pack.topic(topic), "请讲一讲", *about))
