"""Templates of planned changes: what their files must say, and that ours say it."""

import pytest

from tickets.domain.checklists import STAGES, ChecklistFault, template_from
from tickets.queries import change_templates
from tickets.queries.papers import CHECKLISTS

HEAD = 'title = "Move"\nsummary = "To another rack."\n'


def steps(*stages: str) -> str:
    """A step for each of those stages."""
    return "".join(f'[[steps]]\nstage = "{stage}"\nlabel = "Do it"\n' for stage in stages)


def test_a_template_keeps_its_steps_in_order() -> None:
    template = template_from("move", HEAD + steps("plan", "window", "way_back", "after", "after"))
    assert (template.key, template.title) == ("move", "Move")
    assert [step.stage for step in template.steps] == ["plan", "window", "way_back", "after", "after"]


@pytest.mark.parametrize("stage", STAGES)
def test_a_change_without_one_of_its_stages_is_refused(stage: str) -> None:
    with pytest.raises(ChecklistFault, match=f"no step stands in the stage `{stage}`"):
        template_from("move", HEAD + steps(*(one for one in STAGES if one != stage)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "Invalid value"),
        (steps(*STAGES), "`title` is missing or empty; `summary` is missing or empty"),
        (HEAD + 'owner = "x"\n' + steps(*STAGES), "`owner` is not known"),
        (HEAD + steps("after", "plan", "window", "way_back"), "in the order plan, window"),
        (HEAD + steps(*STAGES, "later"), "step 5: `stage` is one of plan"),
        (HEAD + steps(*STAGES) + '[[steps]]\nstage = "after"\nlabel = " "\n', "step 5: `label` has 1 to 200"),
        (HEAD + steps(*STAGES) + '[[steps]]\nlabel = "x"\n', "step 5 has a `stage` and a `label`"),
        (HEAD + 'steps = "none"\n', "no step stands in the stage `plan`"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, words: str) -> None:
    with pytest.raises(ChecklistFault, match=words):
        template_from("move", text)


def test_all_faults_of_the_steps_are_told_together() -> None:
    with pytest.raises(ChecklistFault, match=r"step 1: .*; step 2: "):
        template_from("move", HEAD + steps("first", "second"))


def test_each_file_is_a_template_of_the_desk() -> None:
    assert set(change_templates()) == {path.stem for path in CHECKLISTS.glob("*.toml")}
    assert {"upgrade", "patch"} <= set(change_templates())


@pytest.mark.parametrize("stage", STAGES)
def test_every_template_of_the_desk_has_every_stage(stage: str) -> None:
    for template in change_templates().values():
        assert any(step.stage == stage for step in template.steps), template.key
