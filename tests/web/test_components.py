"""The components, drawn on the style guide and by themselves."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import SafeString

from web import styleguide_samples as samples
from web.styleguide import SampleComposerForm, SampleForm

pytestmark = pytest.mark.urls("tests.web.styleguide_urls")


def draw(name: str, **values: object) -> SafeString:
    """Draw one component."""
    return render_to_string(f"components/{name}.html", values)


@pytest.mark.parametrize("side", ["staff", "portal"])
def test_the_style_guide_is_drawn_for_both_sides(client: Client, side: str) -> None:
    reply = client.get("/styleguide/", {"side": side})
    assert reply.status_code == 200
    assert f'<body class="cd-{side}">' in reply.content.decode()


def test_the_style_guide_shows_every_component(client: Client, root: Path) -> None:
    folder = root / "templates"
    there = {str(path.relative_to(folder)) for path in (folder / "components").rglob("*.html")}
    drawn = {template.name for template in client.get("/styleguide/").templates}
    assert there - drawn == set()


def test_no_element_of_the_style_guide_shares_its_id(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get("/styleguide/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_every_icon_of_the_templates_exists(root: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (root / "templates").rglob("*.html")]
    names = {name for text in texts for name in re.findall(r'lucide "([^"]+)"', text)}
    assert all(Template(f'{{% load lucide %}}{{% lucide "{name}" %}}').render(Context()) for name in names)


def test_a_note_and_a_reply_differ_by_their_words() -> None:
    reply, note = samples.everything()["staff_messages"][1:3]
    told = {"zone": samples.ZONE, "now": samples.NOW}
    assert "client can’t see this" in draw("staff/message", message=note, **told)
    assert "client can’t see this" not in draw("staff/message", message=reply, **told)


def test_the_portals_message_knows_no_notes(root: Path) -> None:
    assert "note" not in (root / "templates/components/portal/message.html").read_text(encoding="utf-8")


def test_a_message_cannot_bring_its_own_html() -> None:
    message = {"author": "<b>Ilse</b>", "body": "<script>alert(1)</script>", "at": samples.NOW}
    html = draw("portal/message", message=message, zone=samples.ZONE, now=samples.NOW)
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_removed_text_is_not_in_the_page() -> None:
    message = {"author": "Ilse", "body": "a secret", "is_redacted": True, "at": samples.NOW}
    html = draw("staff/message", message=message, zone=samples.ZONE, now=samples.NOW)
    assert "a secret" not in html
    assert "This text was removed." in html


def test_a_summary_links_to_each_field_that_is_wrong() -> None:
    html = draw("error_summary", form=SampleForm({}), verb="send this")
    assert 'role="alert"' in html
    assert 'href="#id_subject"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw("error_summary", form=SampleForm()).strip() == ""


def test_choices_are_cards_with_their_hints() -> None:
    html = draw("form_fields", form=SampleForm(initial={"urgency": "3"}))
    assert "Some work is slowed down." in html
    assert re.search(r'type="radio" name="urgency" value="3"[^>]* checked', html)


def test_several_choices_can_be_ticked() -> None:
    assert 'type="checkbox" name="people" value="bram"' in draw("form_fields", form=SampleForm())


def test_a_field_says_what_is_wrong_with_it_where_it_stands() -> None:
    html = draw("form_fields", form=SampleForm({"subject": ""}))
    assert re.search(r'name="subject"[^>]*aria-invalid="true"', html)
    assert 'id="id_subject-err"' in html


def test_a_form_that_takes_files_says_so() -> None:
    assert 'enctype="multipart/form-data"' in draw("form", form=SampleForm(), submit="Send")


def test_typed_hours_come_back_as_typed() -> None:
    form = SampleForm({"spent": "45 mins ish"})
    assert 'value="45 mins ish"' in draw("hours_field", field=form["spent"])


def test_the_harmless_answer_comes_first() -> None:
    html = draw(
        "dialog", id="q", title="Remove?", text="", verb="Remove Priya", keep="Keep Priya", address="#"
    )
    assert html.index("Keep Priya") < html.index("Remove Priya")


def test_the_composer_begins_as_asked() -> None:
    html = draw("staff/composer", form=SampleComposerForm(), address="#", starts="note")
    assert re.search(r'id="mode-note" checked', html)
    assert not re.search(r'id="mode-public" checked', html)


def test_an_approval_without_an_address_cannot_be_decided() -> None:
    asked = samples.everything()["question"]
    told = {"approval": asked, "zone": samples.ZONE, "now": samples.NOW}
    assert "<form" not in draw("approval", **told)
    assert 'value="declined"' in draw("approval", decide_address="#", **told)


def test_the_state_of_a_step_is_said_in_words() -> None:
    html = draw("steps", steps=samples.everything()["steps"])
    assert ", done</span>" in html
    assert 'aria-current="step"' in html


def test_the_last_crumb_is_where_one_is() -> None:
    html = draw("breadcrumb", crumbs=[{"label": "Queue", "address": "/q"}, {"label": "HAL-1"}])
    assert '<span aria-current="page">HAL-1</span>' in html
