"""The docs tell the present."""

import re
from pathlib import Path

import pytest

from media.pipeline import PipelineParameters
from media.pipelines.catalogue import CatalogueParameters
from media.pipelines.design import DesignParameters
from media.pipelines.library import LibraryParameters
from media.pipelines.product_video import ProductVideoParameters
from media.pipelines.staging import StagingParameters
from media.presets import IMAGE_PRESETS, PDF_PRESETS
from resources.settings import PREFIX, PROJECT_ROOT, Settings

README = (PROJECT_ROOT / "README.md").read_text()
DOCS = [PROJECT_ROOT / "README.md", PROJECT_ROOT / "CONTRIBUTING.md"]
DOCS += sorted((PROJECT_ROOT / "docs").rglob("*.md"))


def test_the_readme_has_every_setting_with_its_default() -> None:
    listed = dict(re.findall(rf"\| `({PREFIX}\w+)` \| (.*?) \|", README))
    assert set(listed) == {PREFIX + name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = "data" if name == "home" else str(field.default)
        assert listed[PREFIX + name.upper()].strip("` ") == default


def test_the_readme_has_every_parameter_and_preset() -> None:
    for name in LibraryParameters.model_fields:
        assert f"`{name}`" in README or f"_{name.split('_')[-1]}" in README, name
    sections: dict[str, type[PipelineParameters]] = {
        "Product videos": ProductVideoParameters,
        "Rooms": StagingParameters,
        "Catalogues": CatalogueParameters,
        "Designs": DesignParameters,
    }
    for title, parameters in sections.items():
        table = README.partition(f"### {title}\n")[2].splitlines()
        for name, field in parameters.model_fields.items():
            row = next(row for row in table if row.startswith("|") and f"`{name}`" in row)
            if isinstance(field.default, str | int | float):
                assert str(field.default) in row, name
    for preset in [*IMAGE_PRESETS, *PDF_PRESETS]:
        assert re.search(rf"\b{preset}\b", README), preset


def test_make_has_every_command_that_the_docs_name() -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT_ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in DOCS:
        named = set(re.findall(r"(?:`|^ +)make ([a-z]+)", path.read_text(), re.MULTILINE))
        assert named <= targets, path


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(PROJECT_ROOT)))
def test_every_file_that_the_docs_name_is_there(path: Path) -> None:
    text = path.read_text()
    linked = [path.parent / link for link in re.findall(r"\]\(((?!http)[^)#]+)\)", text)]
    named = re.findall(r"`((?:media|resources|assets|orchestration|docs)/[\w/]+\.\w+)`", text)
    missing = [
        link for link in [*linked, *(PROJECT_ROOT / name for name in named)] if not link.exists()
    ]
    assert missing == []
