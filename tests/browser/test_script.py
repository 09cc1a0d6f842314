"""What our own script adds to pages: keys, picks, hours, timers, one request for two clicks.

The pages here are written out on the spot and answered without a server.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import django_htmx
import pytest
from bootstrap_wrapper import get_bootstrap_dir
from playwright.sync_api import Browser, Page, Route, expect

HOME = "http://desk.test"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
HEAD = """<!doctype html><html lang="en"><head><title>Desk</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/theme.css"><script src="/static/theme.js"></script>
<script src="/htmx.js" defer></script><script src="/static/app.js" defer></script></head>
<body class="cd-staff"><main id="main" tabindex="-1">"""
FOOT = """</main><div role="status" id="cd-say"></div>
<dialog id="keys"><form method="dialog"><h2>Keyboard shortcuts</h2><button>Close</button></form></dialog>
</body></html>"""
BAR = """<div class="cd-bulk d-none d-sm-flex" data-cd-bulk hidden>
<strong data-cd-bulk-count>0 selected</strong></div>"""
ROW = """<tr data-cd-row><td><input type="checkbox" data-cd-pick value="{key}" aria-label="Select {key}"></td>
<td><span class="cd-key">{key}</span>
<span class="cd-clock cd-clock--{state}"><b>17 min</b> <span>{words}</span></span>
<a data-cd-subject href="#{key}">Subject</a></td></tr>"""


def rows(state: str = "running", words: str = "left") -> str:
    """Three tickets of a queue; the second one's clock is in the state asked for."""
    quiet = {"state": "running", "words": "left"}
    told = {"OST-77": {"state": state, "words": words}}
    return "".join(ROW.format(key=key, **told.get(key, quiet)) for key in ("ORR-518", "OST-77", "HAL-2043"))


QUEUE = f"""{BAR}<table><tbody id="rows">{rows()}</tbody></table>
<button id="refresh" hx-get="/rows" hx-target="#rows">Refresh</button>"""
ORDER = """<form id="order" method="post" action="/orders" hx-post="/orders" hx-target="#main">
<input type="text" name="what" value="Publish the repaired workflow">
<button type="submit">Send</button></form>"""


class Desk:
    """One page of a desk that exists only in the browser."""

    def __init__(self, page: Page, root: Path) -> None:
        """Answer every address from memory and from the files that we ship."""
        self.page = page
        self.body = ""
        self.answers: dict[str, tuple[int, str]] = {}
        self.asked: list[str] = []
        self._static = root / "static/caredesk"
        page.route("**/*", self._answer)

    def open(self, body: str) -> Page:
        """Show a page with this body."""
        self.body = body
        self.page.goto(f"{HOME}/", wait_until="load")
        return self.page

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME).partition("?")[0]
        self.asked.append(path)
        _, _, file = path.partition("/vendor/bootstrap/")
        if path == "/":
            route.fulfill(body=HEAD + self.body + FOOT, content_type="text/html")
        elif path in self.answers:
            status, body = self.answers[path]
            route.fulfill(status=status, body=body, content_type="text/html")
        elif path == "/htmx.js":
            route.fulfill(path=HTMX)
        elif file:
            route.fulfill(path=Path(get_bootstrap_dir()) / file)
        else:
            route.fulfill(path=self._static / path.removeprefix("/static/"))


@pytest.fixture
def desk(chromium: Browser, root: Path) -> Iterator[Desk]:
    """A desk on a page of its own; a script error fails the test."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield Desk(page, root)
    page.close()
    assert faults == []


def test_j_and_k_move_the_cursor_and_the_focus(desk: Desk) -> None:
    page = desk.open(QUEUE)
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator("tr.is-cursor .cd-key")).to_have_text("ORR-518")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#ORR-518"


def test_x_picks_the_row_and_shift_x_a_range(desk: Desk) -> None:
    page = desk.open(QUEUE)
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(page.locator("[data-cd-bulk-count]")).to_have_text("3 selected")
    expect(page.locator("#cd-say")).to_have_text("3 selected")


def test_the_bulk_bar_shows_only_while_something_is_picked(desk: Desk) -> None:
    page = desk.open(QUEUE)
    expect(page.locator("[data-cd-bulk]")).to_be_hidden()
    page.get_by_label("Select OST-77").check()
    expect(page.locator("[data-cd-bulk]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-cd-bulk]")).to_be_hidden()
    expect(page.locator("#cd-say")).to_have_text("Selection cleared")


def test_a_refreshed_queue_keeps_picks_and_cursor_and_tells_what_got_worse(desk: Desk) -> None:
    desk.answers["/rows"] = (200, rows("risk", "at risk"))
    page = desk.open(QUEUE)
    page.keyboard.press("j")
    page.get_by_label("Select OST-77").check()
    page.locator("#refresh").click()
    expect(page.locator("#cd-say")).to_have_text("OST-77: 17 min at risk")
    expect(page.get_by_label("Select OST-77")).to_be_checked()
    expect(page.locator("tr.is-cursor .cd-key")).to_have_text("ORR-518")


def test_single_keys_do_not_fire_in_a_field(desk: Desk) -> None:
    page = desk.open(QUEUE + '<input id="q" data-cd-key="/">')
    page.keyboard.press("/")
    page.keyboard.type("jx?")
    expect(page.locator("#q")).to_have_value("jx?")
    expect(page.locator("tr.is-cursor")).to_have_count(0)
    expect(page.locator("#keys")).to_be_hidden()


def test_single_keys_can_be_turned_off(desk: Desk) -> None:
    page = desk.open(QUEUE)
    page.evaluate("document.body.dataset.cdKeys = 'off'")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("tr.is-cursor")).to_have_count(0)
    expect(page.locator("#keys")).to_be_hidden()


def test_a_question_mark_shows_the_shortcuts_and_escape_closes_them(desk: Desk) -> None:
    page = desk.open("")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_g_and_a_letter_go_to_another_page(desk: Desk) -> None:
    page = desk.open('<a href="#timesheet" data-cd-key="g t">Timesheet</a>')
    page.keyboard.press("g")
    page.keyboard.press("t")
    assert page.url.endswith("#timesheet")


def test_n_turns_the_composer_to_a_note_and_goes_to_its_text(desk: Desk) -> None:
    page = desk.open(
        """<form><input type="radio" name="mode" id="mode-public" checked data-cd-key="r">
        <input type="radio" name="mode" id="mode-note" data-cd-key="n"><textarea></textarea></form>"""
    )
    page.keyboard.press("n")
    expect(page.locator("#mode-note")).to_be_checked()
    expect(page.locator("textarea")).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "kept"), [("45m", "0:45"), (".75", "0:45"), ("1,5", "1:30"), ("soon", "soon")]
)
def test_hours_are_written_back_in_one_form(desk: Desk, typed: str, kept: str) -> None:
    page = desk.open('<input class="cd-hours" aria-label="Time spent"><button>Next</button>')
    page.get_by_label("Time spent").fill(typed)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Time spent")).to_have_value(kept)


def test_hours_step_by_quarters_with_buttons_and_arrows(desk: Desk) -> None:
    page = desk.open(
        '<div><button data-cd-step="-15">Less</button><input class="cd-hours" value="0:50">'
        '<button data-cd-step="15">More</button></div>'
    )
    page.get_by_text("More").click()
    expect(page.locator("input")).to_have_value("1:00")
    page.locator("input").press("ArrowDown")
    expect(page.locator("input")).to_have_value("0:45")


def test_arrows_move_through_the_timesheet(desk: Desk) -> None:
    cell = '<td><input class="cd-cell-in" id="c{0}{1}"></td>'
    table = "".join(f"<tr>{''.join(cell.format(row, day) for day in range(3))}</tr>" for row in range(2))
    page = desk.open(f"<table><tbody>{table}</tbody></table>")
    page.locator("#c00").focus()
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("#c11")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#c11")).to_be_focused()


def test_a_cell_keeps_the_caret_until_it_stands_at_the_edge(desk: Desk) -> None:
    page = desk.open(
        '<table><tr><td><input class="cd-cell-in" id="a"></td>'
        '<td><input class="cd-cell-in" id="b"></td></tr></table>'
    )
    page.locator("#b").focus()
    page.keyboard.type("1.5")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#b")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#a")).to_be_focused()
    expect(page.locator("#b")).to_have_value("1:30")


def test_the_timer_counts_on_from_what_the_server_keeps(desk: Desk) -> None:
    page = desk.open('<span role="timer" data-cd-timer="">0:00:00</span>')
    page.get_by_role("timer").evaluate(
        "face => face.dataset.cdTimer = new Date(Date.now() - 1334000).toISOString()"
    )
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^0:22:1\d$"))
    expect(page.get_by_role("timer")).to_have_attribute("aria-label", "Timer, 22 minutes")


@pytest.mark.parametrize(
    ("off", "words"), [(5_220, "in 1 h 27 min"), (-720, "12 min ago"), (20, "now"), (400_000, "in 4 days")]
)
def test_distances_are_worded_as_the_server_words_them(desk: Desk, off: int, words: str) -> None:
    page = desk.open(f'<span data-cd-off="{off}">soon</span>')
    expect(page.locator("[data-cd-off]")).to_have_text(words)


def test_two_clicks_send_one_request(desk: Desk) -> None:
    desk.answers["/orders"] = (204, "")
    page = desk.open(ORDER)
    page.evaluate("for (const _ of [1, 2]) document.querySelector('button').click()")
    expect(page.get_by_text("Send")).not_to_have_attribute("aria-disabled", "true")
    assert desk.asked.count("/orders") == 1


def test_a_refused_form_is_drawn_again_and_its_summary_takes_the_focus(desk: Desk) -> None:
    desk.answers["/orders"] = (422, '<div role="alert" tabindex="-1" data-cd-errors>Two things to mend</div>')
    page = desk.open(ORDER)
    page.get_by_text("Send").click()
    expect(page.get_by_role("alert")).to_be_focused()


def test_a_refusal_with_a_page_of_its_own_is_told_beside_what_was_typed(desk: Desk) -> None:
    page_of_its_own = (
        "<!doctype html><html><body><main><h1>Changed meanwhile</h1><p>Tomás set it.</p></main></body>"
    )
    desk.answers["/orders"] = (409, page_of_its_own)
    page = desk.open(ORDER)
    page.get_by_text("Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Changed meanwhile")
    expect(page.get_by_role("alert")).to_contain_text("Tomás set it.")
    expect(page.locator("[name=what]")).to_have_value("Publish the repaired workflow")


def test_a_lost_connection_is_told_and_what_was_typed_stays(desk: Desk) -> None:
    page = desk.open(ORDER)
    page.route(f"{HOME}/orders", lambda route: route.abort())
    page.get_by_text("Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Not sent: no connection")
    expect(page.locator("[name=what]")).to_have_value("Publish the repaired workflow")


def test_chosen_files_are_listed(desk: Desk) -> None:
    page = desk.open('<form><input type="file" id="files" multiple><ul data-cd-files="files"></ul></form>')
    page.locator("#files").set_input_files(
        {"name": "screen.png", "mimeType": "image/png", "buffer": b"x" * 4096}
    )
    expect(page.locator("li")).to_have_text("screen.png, 4 KB")


def test_the_side_chosen_with_the_button_is_kept(desk: Desk) -> None:
    page = desk.open("<button data-cd-theme>Switch between light and dark</button>")
    page.get_by_role("button").first.click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_ctrl_enter_sends_the_form(desk: Desk) -> None:
    desk.answers["/orders"] = (204, "")
    page = desk.open(ORDER)
    with page.expect_request(f"{HOME}/orders"):
        page.locator("[name=what]").press("Control+Enter")
