"""The form made from parameters: of every pipeline we have, and of one it has never seen."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import pytest
import streamlit as st
from pydantic import Field, JsonValue
from streamlit.testing.v1 import AppTest

from dashboards.forms.fields import Kind, ParameterField, fields_of
from dashboards.forms.form import changes, mistakes, typed
from media.parameter_types import Color, Names
from media.pipeline import Pipeline, PipelineParameters, all_pipelines, pipeline_named
from media.pipelines.library import StoredFile
from resources.settings import PREFIX

OpenForm = Callable[..., AppTest]


class NewParameters(PipelineParameters):
    """Of a pipeline that nobody has found words for."""

    size_px: Annotated[int, Field(ge=8, le=64, description="side of a tile")]
    mood: Literal["calm", "loud"] = "calm"
    ending: Annotated[str, Field(pattern="^(happy|sad)$")] = "sad"
    tint: Color | None = None
    paper: Color = "#ffffff"
    logo: StoredFile | None = None
    tags: Annotated[Names, Field(max_length=3)] = ()
    max_cost_usd: Annotated[Decimal | None, Field(gt=0)] = None
    is_dark: bool | None = None
    names: Annotated[dict[str, str], Field(default_factory=dict)]


NEW = Pipeline("new", "Something new", NewParameters, (), (), ())


@pytest.fixture
def open_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenForm:
    """Shows the form of a pipeline; what it says is in `session_state["said"]`."""
    monkeypatch.setenv(f"{PREFIX}HOME", str(tmp_path / "home"))

    def script(name: str, given: "dict[str, JsonValue]") -> None:
        import streamlit as st

        from dashboards.forms.form import parameter_form
        from media.pipeline import pipeline_named
        from tests.dashboards.test_parameter_form import NEW

        pipeline = NEW if name == "new" else pipeline_named(name)
        st.session_state["said"] = parameter_form(pipeline, given, "test")

    def open_it(name: str, **given: JsonValue) -> AppTest:
        made = AppTest.from_function(script, default_timeout=30, args=(name, given))
        return made.run()

    return open_it


def said(form: AppTest) -> object:
    assert not form.exception
    return form.session_state["said"]


@pytest.mark.parametrize("name", all_pipelines())
def test_nothing_is_sent_of_what_is_as_usual(open_form: OpenForm, name: str) -> None:
    assert said(open_form(name)) == {}


@pytest.mark.parametrize("name", all_pipelines())
def test_every_parameter_has_a_label_of_its_own_in_plain_words(name: str) -> None:
    fields = fields_of(pipeline_named(name))

    assert {field.name for field in fields} == set(pipeline_named(name).parameters.model_fields)
    labels = [field.label for field in fields]
    assert len(set(labels)) == len(labels)
    assert not any("_" in label for label in labels)


def test_what_is_chosen_is_said_and_no_more(open_form: OpenForm) -> None:
    form = open_form("staging")

    form.selectbox(key="test-staging-room_type").select("bedroom")
    form.number_input(key="test-staging-variations").set_value(3)
    form.text_area(key="test-staging-prompt").input("  a calm room with plants ")
    form.run()

    assert said(form) == {
        "room_type": "bedroom",
        "variations": 3,
        "prompt": "a calm room with plants",
    }


def test_it_begins_with_what_was_given_on_a_command_line(open_form: OpenForm) -> None:
    form = open_form(
        "library", presets="og,sm", quality="70", enlarge="true", background="#000000", fit="cover"
    )

    assert said(form) == {
        "presets": ["og", "sm"],
        "quality": 70,
        "enlarge": True,
        "background": "#000000",
        "fit": "cover",
    }


def test_what_means_nothing_is_neither_shown_nor_said(open_form: OpenForm) -> None:
    form = open_form("staging", style=["industrial"])
    assert said(form) == {"style": ["industrial"]}

    form.segmented_control(key="test-staging-mode").set_value("empty").run()

    assert said(form) == {"mode": "empty"}


def test_what_is_wrong_is_said_by_its_label(open_form: OpenForm) -> None:
    form = open_form("staging")

    form.text_area(key="test-staging-prompt").input("short")
    form.text_input(key="test-staging-area").input("roof").run()

    assert said(form) is None
    (error,) = form.error
    assert error.value.splitlines()[0].startswith("Your own words: ")
    assert error.value.splitlines()[2].startswith("What may change: ")


def test_a_mapping_is_written_line_by_line(open_form: OpenForm) -> None:
    form = open_form("catalogue", columns="id=SKU,price=Net price")
    columns = form.text_area(key="test-catalogue-columns")
    assert columns.value == "id=SKU\nprice=Net price"

    columns.input("id=Number\nname = Title").run()
    assert said(form) == {"columns": {"id": "Number", "name": "Title"}}

    columns.input("no such thing").run()
    assert said(form) is None


def test_a_pipeline_that_is_new_has_a_form_too(open_form: OpenForm) -> None:
    form = open_form("new", size_px=16, max_cost_usd="2.50", logo=f"originals/ab/{'ab' * 32}.png")

    form.text_area(key="test-new-names").input("a=b")
    form.toggle(key="test-new-tint-open").set_value(False).run()

    given = {"size_px": 16, "max_cost_usd": 2.5, "logo": f"originals/ab/{'ab' * 32}.png"}
    assert said(form) == {**given, "tint": "#ffffff", "names": {"a": "b"}}


def test_fields_follow_from_the_declaration() -> None:
    fields = {field.name: field for field in fields_of(NEW)}

    assert {name: field.kind for name, field in fields.items()} == {
        "size_px": Kind.WHOLE,
        "mood": Kind.ONE_OF,
        "ending": Kind.ONE_OF,
        "tint": Kind.COLOR,
        "paper": Kind.COLOR,
        "logo": Kind.FILE,
        "tags": Kind.WORDS,
        "max_cost_usd": Kind.NUMBER,
        "is_dark": Kind.YES_OR_NO,
        "names": Kind.PAIRS,
    }
    size, cost = fields["size_px"], fields["max_cost_usd"]
    assert (size.label, size.help) == ("Size (pixels)", "Side of a tile.")
    assert (size.low, size.high, size.default, size.is_optional) == (8, 64, None, False)
    assert (cost.label, cost.low, cost.is_optional) == ("Max. cost (US dollars)", 0.01, True)
    assert fields["ending"].choices == ("happy", "sad")
    assert fields["tags"].longest == 3


def test_choices_are_said_in_words() -> None:
    def field(pipeline: str, name: str) -> ParameterField:
        return next(f for f in fields_of(pipeline_named(pipeline)) if f.name == name)

    assert field("staging", "room_type").words("living_room") == "Living room"
    assert field("staging", "room_type").words(None) == "Guess from the photo"
    assert field("library", "presets").words("og") == "Link preview, 1200 x 630"
    assert field("product_video", "versions").choices == (
        *("transparent", "solid"),
        *("real", "creative"),
    )


def test_what_is_not_allowed_any_more_is_left_out() -> None:
    library = pipeline_named("library")

    assert typed(library, {"quality": "80", "pages": "none", "gone": 1}) == {"quality": 80}
    assert mistakes(library, {"presets": ["sm"], "quality": 400}) == [
        "Quality: Input should be less than or equal to 100."
    ]


def test_changes_turn_one_set_of_parameters_into_another() -> None:
    given: dict[str, JsonValue] = {"style": ["modern"], "seed": 4, "quality": 80}
    wanted: dict[str, JsonValue] = {"style": ["industrial"], "quality": 80}

    assert changes(given, wanted) == {"style": ["industrial"], "seed": None}
    assert changes(given, given) == {}


def test_a_file_is_stored_and_named_by_its_key(open_form: OpenForm, tmp_path: Path) -> None:
    before = f"originals/ab/{'ab' * 32}.png"
    form = open_form("library", watermark_image=before)
    assert said(form) == {"watermark_image": before}

    logo = form.file_uploader(key="test-library-watermark_image")
    logo.set_value(("Our Logo.PNG", b"a logo", "image/png")).run()

    params = said(form)
    assert isinstance(params, dict)
    key = params["watermark_image"]
    assert key.endswith(".png")
    assert (tmp_path / "home" / "store" / key).read_bytes() == b"a logo"
    st.cache_resource.clear()


def test_a_file_of_before_can_be_dropped(open_form: OpenForm) -> None:
    form = open_form("library", watermark_image=f"originals/ab/{'ab' * 32}.png")

    form.toggle(key="test-library-watermark_image-keep").set_value(False).run()

    assert said(form) == {}
