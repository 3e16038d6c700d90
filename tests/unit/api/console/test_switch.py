from __future__ import annotations


def test_an_administrator_turns_the_assistant_off_and_on(admin, staff, records):
    assert "智能答复正在服务" in admin.get("/switch").text
    page = admin.follow(admin.post("/switch/off", reason="通知已改，待核对")).text
    assert "智能答复已停用，访客只看到电话。" in page
    assert records.switch.state().reason == "通知已改，待核对"
    for shown in (admin.get("/switch").text, staff.get("/tickets").text, staff.get("/conversations").text):
        assert "智能答复已停用：通知已改，待核对（小管" in shown
    admin.follow(admin.post("/switch/on"))
    assert "智能答复已停用" not in staff.get("/tickets").text
    log = admin.get("/audit").text
    assert "停用智能答复" in log
    assert "恢复智能答复" in log


def test_only_administrators_may_and_only_with_a_reason(staff, editor, admin, records):
    for browser in (staff, editor):
        assert browser.get("/switch").status_code == 403
        assert browser.post("/switch/off", reason="因").status_code == 403
    assert admin.post("/switch/off", reason=" ").status_code == 422
    assert admin.post("/switch/on").status_code == 409
    assert records.switch.state() is None


def test_the_banner_shows_what_was_typed_as_text(admin, staff):
    admin.post("/switch/off", reason="<script>alert(1)</script>")
    page = staff.get("/tickets").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page
