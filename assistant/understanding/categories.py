"""Which categories a message names, and which its words imply."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property

from assistant.understanding.annex_numbers import named_annexes
from assistant.understanding.lexical import pinyin, spoken
from assistant.understanding.set_aside import (
    is_part_of_the_story,
    is_set_aside,
    is_wanted,
    means_several,
    names_nothing,
)
from knowledge.cue_words import NEVER
from knowledge.models import Annex, Category
from knowledge.numerals import parse_numeral

_FILLER = re.compile(
    r"[\s\W]|我(?:想|是)?(?:要)?(?:问|说|讲|指)的?(?:就)?是|那么?|呢|[咧呐嘞哩]|吗|呀|啊|的话|的|请问|类|企业|如果|是|换成|换|改|报|问|再?说说|再?看看|一?下|这边|这类|又|如何|怎么样|呗|嘛"
    r"|[那这]?[个批]|咋样|也一样|一样|也|情况|[给发]我们?|[发来]一?[个份下]|要|我们|想|看|就|只|单单?|光|考虑|\b(?:and|what|how|about|the|for|then|ok|one|ones)\b"
)
_OWN_PLACE = re.compile(
    r"(?:我们?|咱们?|本|贵|你们)(?:这边?|这里)?(?:市|县|区|镇|街道|地区)|[市区县](?:里(?!程)|局)|当地|本地|园区"
)
_ANOTHER_PROVINCE = re.compile(r"(?:外|别的|其[他它]|隔壁|邻近?|兄弟)省|全国|国外|海外")
_EVERY = re.compile(
    r"(?:所有|全部|每一?个?|各个?)(?:类别|类)|(?:这|那)?(?<!第)三(?:个|大|种)?类别?(?:都|的|分别|各)"
)
"""三类的电话: all categories at once."""
_APPLIED_FOR = re.compile(
    r"(?:能不能|能否|可不可以|可以|还能|还想|能|想|要|准备|打算|拟|欲|来|去|再|想要|如何|怎么|符合|影响|妨碍)[^，。]{0,2}$"
)

_MAY_BE_APPLIED_FOR = re.compile(
    r"(?:类|的话)*[，,]?(?:可不可以|可以[吗么不]|行不行|[行成][吗么不]|能不能|能[吗么不]|够不够|有戏|(?:也|同样|都)(?:要|得|须|需要?|必须|有)(?!注册|登[录陆]|打开|填)|要(?:满足|符合|具备|达到))"
)

_FIGURES = frozenset("一二三四五六七八九十")
_JOINS = re.compile("(?:类|企业)?(?:[、/+]|和|与|跟|及|还是|或者?|以及|[,，]?一[个类家])")
_LONGEST_JOIN = 6
_OWN_BEFORE = re.compile("[们咱司家本的]$")
"""我们工厂和平台 names no second category."""
_BESIDE = 32
"""Characters before a name in which a word may say what it is to the applicant."""
_ORDINAL = re.compile(
    r"第(?P<number>[一二三四五1-9])(?:大|种)?类(?!型)|(?P<end>最后|[前后]两)(?:一|大|种)?类"
)
"""第二类, 后两类: counted as the notice lists its categories."""
_CHANGE = re.compile("(?:如果|要是|假如|若是?)(?:我们?)?(?:改|换|转)(?:成|到|为|做|去)?(?:申?报)?")
_BOTH = re.compile(
    "[二两]者(?:之间)?|[这那]?两(?:个?类别?|种类别)|这两个(?=[的]?(?:区别|年限|注册|条件|要求|门槛|都|哪个|能|可以|一样|有什么))"
)


class CategoryNames:
    """The names of a pack's categories, compiled once; the longest name at a place counts.

    A confusable word (申报平台) holds a name and names nothing. `phones` of one category alone name it, too.
    """

    def __init__(
        self,
        categories: Iterable[Category],
        foreign: re.Pattern[str] = NEVER,
        places: re.Pattern[str] = NEVER,
        at_home: Container[str] = (),
        phones: Mapping[str, str] | None = None,
        annexes: Iterable[Annex] = (),
    ) -> None:
        self._categories = tuple(categories)
        self._phones = dict(phones or {})
        self._of_annexes = {annex.number: annex.categories for annex in annexes}
        self._foreign, self._places, self._at_home = foreign, places, at_home
        self._owners: dict[str, str | None] = {}
        for category in self._categories:
            self._owners.update(dict.fromkeys((word.lower() for word in category.confusables), None))
            self._owners.update(dict.fromkeys((word.lower() for word in category.aliases), category.id))
        self._written = _longest(self._owners)
        self._short: dict[str, str | None] = {word: c.id for c in self._categories for word in c.named_beside}
        self._shortened = _longest(self._short)

    @cached_property
    def _sounds(self) -> dict[str, str]:
        """The names by their sounds."""
        return {_sound(word): word for word in self._owners if len(word) > 1 and not word.isascii()}

    @cached_property
    def _heard(self) -> re.Pattern[str]:
        return _longest(self._sounds)

    def named(self, plain: str) -> tuple[str, ...]:
        """Ids of the categories named, in the order of the message.

        Where no name is written out, phones count, and names that sound alike (平太, biaogan).
        """
        found = [(self._owner(plain, match), match) for match in self._written.finditer(plain)]
        found = sorted(found + self._in_a_list(plain, found), key=lambda each: each[1].start())
        if not found and _EVERY.search(plain):
            return tuple(category.id for category in self._categories)
        if not found:
            called = dict.fromkeys(c for phone, c in self._phones.items() if phone in plain)
            return tuple(called) or self._counted(plain) or self._sounding_alike(plain)
        named = [(owner, match) for owner, match in found if owner]
        meant = [each for each in named if not is_set_aside(plain, each[1])]
        told = [each for each in meant if not is_part_of_the_story(plain, each[1])]
        if not means_several(plain) and any(is_wanted(plain, match) for _, match in told):
            meant = told
        # 标杆算了，换平台: what is set aside counts only where nothing else is named.
        return tuple(dict.fromkeys(owner for owner, _ in meant or named))

    def denied(self, plain: str) -> tuple[str, ...]:
        """The categories of which a message says that there is nothing to apply with: 平台没有，就一个改造项目."""
        found = self._written.finditer(plain)
        owners = (self._owners[match.group()] for match in found if names_nothing(plain, match))
        return tuple(dict.fromkeys(owner for owner in owners if owner))

    def _counted(self, plain: str) -> tuple[str, ...]:
        """The categories that are named by their place in the notice: 第二类."""
        found = _ORDINAL.search(plain)
        every = [category.id for category in self._categories]
        if found is None:
            return ()
        if found["end"]:
            return tuple({"最后": every[-1:], "前两": every[:2], "后两": every[-2:]}[found["end"]])
        at = int(parse_numeral(found["number"]) or 0)
        return tuple(every[at - 1 : at])

    def _in_a_list(
        self, plain: str, found: Sequence[tuple[str | None, re.Match[str]]]
    ) -> list[tuple[str | None, re.Match[str]]]:
        """The short words that stand beside a category's name: 平台、工厂、上云; not in 智能示范工厂、平台."""
        return [
            (self._short[match.group()], match)
            for match in self._shortened.finditer(plain)
            if not any(each.start() <= match.start() < each.end() for _, each in found)
            and not _OWN_BEFORE.search(_before(plain, match))
            and any(owner and _listed_together(plain, each, match) for owner, each in found)
        ]

    def _sounding_alike(self, plain: str) -> tuple[str, ...]:
        """The categories named by a slip (平太), which leaves a character as it is: 公司行吗 is no 四星."""
        pairs, sound = spoken(plain), _sound(plain)
        heard: dict[str, None] = {}
        for match in self._heard.finditer(sound):
            name = self._sounds[match.group()]
            first = sound.count(" ", 0, match.start()) // 2
            last = first + match.group().count(" ") // 2
            written = "".join(each for each, _ in pairs[first:last])
            owner = self._owners[name]
            if owner and (written.isascii() or set(written) & set(name) - _FIGURES):
                heard[owner] = None
        return tuple(heard)

    def _owner(self, plain: str, match: re.Match[str]) -> str | None:
        """The category a word names; 申报平台 is the site, but in 还能申报平台吗 something to apply for."""
        word = match.group()
        if names_nothing(plain, match):
            return None
        apart = self._owners[word] is None and word.startswith(("申报", "上报"))
        meant = _APPLIED_FOR.search(_before(plain, match)) or _MAY_BE_APPLIED_FOR.match(plain, match.end())
        if apart and meant:
            return self._owners.get(word[2:])
        return self._owners[word]

    def begins(self, plain: str) -> bool:
        """Whether a text begins with the name of a category."""
        found = self._written.match(plain)
        return found is not None and self._owners[found.group()] is not None

    def implied(self, plain: str) -> str | None:
        """The one category whose own words or annexes stand in the message; None for none or several."""
        implied = {c.id for c in self._categories if any(word.lower() in plain for word in c.implied_by)}
        implied.update(each for number in named_annexes(plain) for each in self._of_annexes.get(number, ()))
        return implied.pop() if len(implied) == 1 else None

    def foreign(self, plain: str) -> bool:
        """Whether another programme is named and nothing that only this notice speaks of."""
        own = any(word.lower() in plain for category in self._categories for word in category.implied_by)
        return not own and bool(self._foreign.search(plain))

    def locality(self, plain: str) -> bool:
        """Whether a city or district is named, or meant as one's own (我们市)."""
        return bool(self._places.search(plain) or _OWN_PLACE.search(plain))

    def at_home(self, plain: str) -> bool:
        """Whether places are named and all of them lie in the notice's own province: no other region is asked of."""
        named = self._places.findall(plain)
        own = bool(named) and all(name in self._at_home for name in named)
        return own and not _ANOTHER_PROVINCE.search(plain)

    def retitled(self, title: str, category: str) -> str:
        """A topic's title put to another category: 标杆工厂投入的最低金额 as 星级上云企业投入的最低金额."""
        short = next(c.short for c in self._categories if c.id == category)
        return short + self._written.sub("", title)

    def repeats(self, message: str, first: str) -> bool:
        """Whether a message only names categories, as in 那星级的呢, `first` being its first part."""
        asked_again = first.rstrip("?？").endswith(("呢", "咧", "呐", "嘞", "哩")) and self.only_names(first)
        return self.only_names(message) or asked_again

    def with_both_named(self, plain: str, two: Sequence[str]) -> str:
        """A text with the names of two categories in place of the word for both: 二者年限一样吗."""
        both = _BOTH.search(plain)
        if both is None or len(two) != 2 or self.named(plain):
            return plain
        names = "和".join(c.short for category in two for c in self._categories if c.id == category)
        return plain[: both.start()] + names + plain[both.end() :]

    def besides(self, discussed: str | None) -> tuple[str, ...]:
        """The categories but the one discussed."""
        return tuple(c.id for c in self._categories if c.id != discussed)

    def only_names(self, plain: str) -> bool:
        """Whether nothing is left once names and filler words are taken out (那星级的呢)."""
        return not _FILLER.sub("", self.without_names(plain))

    def without_change(self, plain: str) -> str:
        """A text without the if that only changes the category: 要是改报标杆工厂."""
        change = _CHANGE.search(plain)
        named = self._written.match(plain, change.end()) if change else None
        return plain[: change.start()] + plain[named.end() :] if change and named else plain

    def without_names(self, plain: str) -> str:
        """A text without the names of categories that it writes out."""
        return self._written.sub("", plain)


def _listed_together(plain: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether nothing but a joining word stands between two matches."""
    first, second = sorted((one, other), key=lambda match: match.start())
    between = plain[first.end() : second.start()]
    return len(between) <= _LONGEST_JOIN and bool(_JOINS.fullmatch(between))


def _before(plain: str, match: re.Match[str]) -> str:
    return plain[max(0, match.start() - _BESIDE) : match.start()]


def _sound(text: str) -> str:
    return "".join(f" {syllable} " for syllable in pinyin(text))


def _longest(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or r"(?!)")
