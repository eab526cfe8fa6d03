"""Pipelines: found by their modules, known by name, and strict about parameters."""

import pytest

from media.errors import InvalidParameter, InvalidRequest, UnknownPipeline
from media.pipeline import all_pipelines, all_tables, pipeline_named, table_named


def test_the_library_pipeline_is_found_under_its_own_name() -> None:
    for name, pipeline in all_pipelines().items():
        assert pipeline.name == name
    library = pipeline_named("library")
    assert [table.name for table in library.tables] == ["uploads", "image_variants", "pdf_pages"]
    assert library.first_table.name == "uploads"


def test_an_unknown_pipeline_is_told_which_there_are() -> None:
    with pytest.raises(UnknownPipeline, match=r"'libary'; there are: .*library"):
        pipeline_named("libary")


@pytest.mark.parametrize("name", ["", ".", "../library", "__init__"])
def test_no_name_reaches_another_module(name: str) -> None:
    with pytest.raises(UnknownPipeline):
        pipeline_named(name)


def test_table_names_are_unique_across_pipelines() -> None:
    names = [table.name for table in all_tables()]
    assert len(names) == len(set(names))
    assert all(table_named(name).name == name for name in names)
    with pytest.raises(KeyError):
        table_named("upload")


def test_an_unknown_parameter_is_named_with_those_allowed() -> None:
    with pytest.raises(InvalidParameter) as raised:
        pipeline_named("library").parse({"qualty": 80})
    message, _, allowed = str(raised.value).partition(" (parameters of library: ")
    assert message == "qualty: is not known"
    assert {"quality", "presets", "watermark_text"} <= set(allowed.rstrip(")").split(", "))
    assert isinstance(raised.value, InvalidRequest)
