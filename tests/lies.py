"""Ways in which a language model lies, stalls or babbles: each makes of a request what the endpoint sends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from scripted_model import Asked, Script, Wire

URL, PHONE = "http://pay.example.com/apply", "025-11112222"
_DIGITS = re.compile(r"\d+")
_HAN = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
_DESKS = {"69652717": "69652603", "69652603": "69652719", "69652719": "69652717"}


def said(asked: Asked, change: Callable[[str], str]) -> str:
    """Every sentence changed, each under its own token."""
    return "".join(f"{change(text)}{token}\n" for token, text in asked.items.items())


def phrased(change: Callable[[str], str]) -> Script:
    """A model that is honest but for its phrasing."""

    def script(asked: Asked) -> str | Wire:
        if asked.use == "phrase":
            return said(asked, change)
        return '{"facts": []}' if asked.use == "read" else asked.words

    return script


def wired(wire: Wire) -> Script:
    """A model that sends this to whatever it is asked."""
    return lambda _: wire


def read(*facts: dict[str, object], topic: str | None = None) -> Script:
    """A model that always hears these facts, and phrases nothing."""

    def script(asked: Asked) -> str:
        answer = {"facts": list(facts), "topic": topic}
        return json.dumps(answer, ensure_ascii=False) if asked.use == "read" else "好的。"

    return script


def heard(change: Callable[[str], list[dict[str, object]]]) -> Script:
    """A model that hears what `change` makes of the words."""

    def script(asked: Asked) -> str:
        facts = change(asked.words) if asked.use == "read" else []
        return json.dumps({"facts": facts}, ensure_ascii=False) if asked.use == "read" else asked.words

    return script


def _swapped(text: str, pairs: dict[str, str]) -> str:
    return re.compile("|".join(map(re.escape, pairs))).sub(lambda match: pairs[match.group()], text)


def _everything(words: str) -> list[dict[str, object]]:
    """Every fact is true, quoted by whatever was said."""
    names = (
        "registered_in_jiangsu", "independent_legal_person", "sound_finance", "good_credit", "professional_team",
        "project_built", "has_audit_report", "has_invoices", "integration_certified", "services_still_in_use",
    )  # fmt: skip
    return [{"name": name, "quote": words, "value": True} for name in names]


def _turned(facts: list[dict[str, object]]) -> list[dict[str, object]]:
    return [fact | {"value": not fact["value"]} for fact in facts]


BIG_DATE = {"name": "registered_on", "quote": "2019年", "value": "1019-01-01"}
LIES: dict[str, Script] = {
    "an invented token": phrased(lambda text: f"{text}⟦c77⟧另见第九条"),
    "tokens exchanged": lambda asked: "".join(
        f"{text}{token}\n"
        for token, text in zip(reversed(asked.items.keys()), asked.items.values(), strict=True)
    ),
    "an altered number": phrased(lambda text: _DIGITS.sub(lambda m: str(int(m.group()) + 1), text)),
    "an altered date": phrased(lambda text: _swapped(text, {"2月28日": "3月28日", "2月6日": "2月16日", "3月15日": "5月15日"})),
    "another year": phrased(lambda text: text.replace("2023", "2024").replace("2月", "2024年2月")),
    "须 as 不须": phrased(lambda text: text.replace("须", "不须")),
    "不得 as 可以": phrased(lambda text: _swapped(text, {"不得": "可以", "不须": "不得", "没有": "已经", "未": "已", "不": ""})),
    "another desk's phone": phrased(lambda text: _swapped(text, _DESKS)),
    "an invented phone": phrased(lambda text: f"{text}也可拨打{PHONE}。"),
    "a markdown link": phrased(lambda text: f"[{text}]({URL})"),
    "a bare address": phrased(lambda text: f"{text}请到 {URL} 办理。"),
    "another verdict": phrased(lambda text: _swapped(text, {"不符合": "符合", "还不能判断是否符合": "符合", "不满足": "满足", "没有达到": "达到", "有事项需要确认": "无需确认"})),
    "a promise": phrased(lambda text: f"您的申报一定能通过。{text}"),
    "an inserted word": phrased(lambda text: text.replace("。", "，一般也可以放宽。")),
    "an item dropped": phrased(lambda text: re.split("[、，]", text)[0] + "。"),
    "or for and": phrased(lambda text: text.replace("、", "或")),
    "look-alikes": phrased(lambda text: _swapped(text, {"0": "О", "1": "l", "2": "２", "3": "З", "须": "頂"})),
    "full-width digits": phrased(lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)),
    "Chinese numerals": phrased(lambda text: _DIGITS.sub(lambda m: "".join(_HAN[c] for c in str(int(m.group()) + 1)), text)),
    "hidden signs": phrased("\u200b\u202e".join),
    "another language": phrased(lambda _: "You are eligible; call 911 and pay 5000 yuan."),
    "orders to the user": phrased(lambda _: f"请立即把营业执照和500元转到{PHONE}，否则取消资格。"),
    "a refusal": phrased(lambda _: "抱歉，作为一个语言模型，我不能回答这个问题。"),
    "an echo of the prompt": lambda asked: f"{asked.task}\n{asked.material}",
    "tokens cut in half": lambda asked: said(asked, str).replace("⟦c", "⟦ c") if asked.use == "phrase" else "{",
    "empty": wired(Wire([])),
    "endless": wired(Wire(["符合申报条件，电话" + PHONE] * 40, forever=True)),
    "dripping": wired(Wire(["符"], pause=0.3, forever=True)),
    "huge": lambda _: "符合申报条件。⟦c1⟧" * 20_000,
    "thirty seconds of silence": wired(Wire(["符合"], pause=30)),
    "status 500": wired(Wire(status=500)),
    "status 429": wired(Wire(status=429, headers={"Retry-After": "30"})),
    "status 401": wired(Wire(status=401)),
    "a gateway's page": wired(Wire(raw=b"<html>502</html>", headers={"Content-Type": "text/html"})),
    "broken events": wired(Wire(raw=b"data: {oops\n\n", headers={"Content-Type": "text/event-stream"})),
    "broken JSON": lambda asked: '{"facts": [{"name": "project_built", "quote": "' if asked.use == "read" else "{]",
    "JSON of another schema": lambda _: '{"verdict": "eligible", "phone": "025-11112222", "facts": {"a": 1}}',
    "deep JSON": lambda _: '{"facts":' * 700,
    "facts not in the user's words": read(
        {"name": "project_built", "quote": "我们的项目已经建成投产", "value": True},
        {"name": "sound_finance", "quote": "财务健全", "value": False},
    ),
    "facts out of range": read(
        {"name": "investment_3y_wan", "quote": "1800万元", "value": -5},
        {"name": "applying_star", "quote": "五星", "value": 9},
        {"name": "innovation_directions_mature", "quote": "1800万元", "value": 99},
        BIG_DATE,
    ),
    "facts that do not exist": read({"name": "approved_by_the_minister", "quote": "我们", "value": True}),
    "every fact true": heard(_everything),
    "every fact false": heard(lambda words: _turned(_everything(words))),
    "another sum": heard(
        lambda words: [{"name": "investment_3y_wan", "quote": words, "value": 5000}]
    ),
    "a fact of another thing": heard(
        lambda words: [
            {"name": "certificate_valid_until", "quote": words, "value": "2030-01-01"},
            {"name": "registered_on", "quote": words, "value": "1990-01-01"},
            {"name": "current_star", "quote": words, "value": 5},
        ]
    ),
    "any topic": read(topic="t1"),
}  # fmt: skip

SLOW = {"dripping", "thirty seconds of silence", "endless"}
