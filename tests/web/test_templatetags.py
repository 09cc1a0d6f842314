"""The tags of templates: moments, badges, amounts, fields, addresses."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

NOW = datetime(2026, 10, 13, 7, 48, tzinfo=UTC)
DUE = datetime(2026, 10, 14, 8, 30, tzinfo=UTC)


def draw(source: str, **values: object) -> str:
    """Draw a line of a template with all tags at hand."""
    loads = "{% load clock minutes badge markdown fields address %}"
    given = {"now": NOW, "zone": ZoneInfo("Europe/Amsterdam"), **values}
    return Template(loads + source).render(Context(given)).strip()


class Filing(forms.Form):
    """A form with one field of each kind."""

    subject = forms.CharField(help_text="A few words.")
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), required=False)
    system = forms.ChoiceField(choices=[("a", "Jira"), ("b", "Wiki")])
    agreed = forms.BooleanField(required=False)
    spent = forms.CharField(widget=forms.TextInput(attrs={"class": "cd-hours", "inputmode": "numeric"}))


def test_a_moment_has_its_instant_its_zone_and_its_distance() -> None:
    html = draw("{% moment due zone now %}", due=DUE)
    assert '<time datetime="2026-10-14T10:30+02:00">Wed 14 Oct, 10:30 CEST</time>' in html
    assert '<span class="cd-soft" data-cd-off="88920">in 24 h 42 min</span>' in html


def test_a_moment_can_stand_without_its_distance() -> None:
    assert "cd-soft" not in draw("{% moment due zone now relative=False %}", due=DUE)


@pytest.mark.parametrize("tag", ["moment", "short_moment"])
def test_no_moment_is_a_dash(tag: str) -> None:
    assert draw(f"{{% {tag} due zone now %}}", due=None) == "–"


def test_a_short_moment_keeps_its_instant_for_machines() -> None:
    html = draw("{% short_moment due zone now %}", due=DUE)
    assert html == '<time datetime="2026-10-14T10:30+02:00">Wed 10:30</time>'


def test_the_zone_of_a_page_is_named() -> None:
    assert draw("{% zone_in_words zone now %}") == "Amsterdam time (CEST)"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ 5220|duration }}", "1 h 27 min"),
        ("{{ 5220|duration_short }}", "1 h 27"),
        ("{{ 45|hmm }}", "0:45"),
        ('{{ 350000|money:"GBP" }}', "£3,500"),
        ("{{ 16|percent_of:25 }}", "64 %"),
        ("{{ 120832|file_size }}", "118 KB"),
    ],
)
def test_amounts_are_said_by_filters(source: str, words: str) -> None:
    assert draw(source) == words


def test_urgency_has_the_shape_of_its_rank_and_the_plans_word() -> None:
    html = draw('{% urgency_badge 1 "Severity A" %}')
    assert "cd-urgency--critical" in html
    assert "Severity A" in html


@pytest.mark.parametrize(
    ("audience", "words"), [("staff", "Waiting on client"), ("client", "Waiting for you")]
)
def test_staff_and_client_each_read_their_own_words(audience: str, words: str) -> None:
    html = draw("{% status_badge 'waiting_on_client' audience %}", audience=audience)
    assert words in html
    assert "cd-status--wait" in html


def test_a_message_is_drawn_as_html_but_its_markup_is_not() -> None:
    html = draw("{{ text|markdown }}", text="**now** <b onclick=x>")
    assert "<strong>now</strong>" in html
    assert "<b " not in html


def test_a_field_ties_label_hint_and_error_together() -> None:
    html = draw("{% field form.subject %}", form=Filing({}))
    assert '<label for="id_subject">' in html
    assert 'aria-describedby="id_subject-hint id_subject-err"' in html
    assert 'aria-invalid="true"' in html


def test_only_what_may_stay_empty_is_marked() -> None:
    form = Filing()
    assert "(optional)" in draw("{% field form.body %}", form=form)
    assert "(optional)" not in draw("{% field form.subject %}", form=form)
    assert "(optional)" not in draw("{% field form.agreed %}", form=form)


def test_a_field_keeps_what_its_form_says_about_it() -> None:
    html = draw("{% field form.body %}", form=Filing())
    assert 'rows="6"' in html
    assert 'class="form-control"' in html


def test_a_field_keeps_a_class_of_its_own() -> None:
    html = draw("{% field form.spent %}", form=Filing())
    assert 'class="form-control cd-hours"' in html
    assert 'inputmode="numeric"' in html


def test_a_choice_of_many_is_a_select() -> None:
    assert 'class="form-select"' in draw("{% field form.system %}", form=Filing())


def test_an_address_keeps_its_filters_and_drops_what_is_emptied() -> None:
    request = RequestFactory().get("/desk/", {"region": "lyon", "after": "42"})
    html = draw('{% address_with sort="due" after=None %}', request=request)
    assert html == "?region=lyon&amp;sort=due"


def test_an_address_cannot_leave_its_attribute() -> None:
    request = RequestFactory().get("/desk/", {"q": '"><script>'})
    assert "<script>" not in draw("{% address_with page=2 %}", request=request)
