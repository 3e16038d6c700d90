from assistant.compose.draft import Draft
from assistant.compose.join import join_drafts
from assistant.compose.sentences import Sentence
from assistant.reply import ShownContact

DESK = ShownContact(category="platform", label="平台类", phone="025-1")
PHONE = Draft(
    route="contact",
    category="platform",
    topic="phone",
    sentences=(Sentence("025-1（平台类）。", ("6",)), Sentence("通知没有写明手机号。", ("6",))),
    contacts=(DESK,),
)


def _told(route: str) -> Draft:
    return Draft(
        route=route,  # type: ignore[arg-type] - a route, by the test
        category="platform",
        topic="other",
        sentences=(Sentence("没有写明几点上班，可致电025-1询问。", ("6",)),),
        contacts=(DESK,),
    )


def test_phones_that_stand_in_what_is_left_open_are_not_told_again() -> None:
    joined = join_drafts([_told("unresolved"), PHONE])
    assert [s.text for s in joined.sentences] == [
        "没有写明几点上班，可致电025-1询问。",
        "通知没有写明手机号。",
    ]
    assert joined.contacts == (DESK,)


def test_phones_beside_what_is_answered_are_told() -> None:
    assert len(join_drafts([_told("lookup"), PHONE]).sentences) == 3
    assert len(join_drafts([PHONE, _told("unresolved")]).sentences) == 3
