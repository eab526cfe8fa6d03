"""What commands are given as `key=value`, as the parameters of a pipeline."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from media.pipeline import Pipeline
    from media.requests import Parameters
    from resources.object_store import ObjectStore


def parameters_of(
    pipeline: "Pipeline", settings: Sequence[str], store: "ObjectStore"
) -> "Parameters":
    """`key=value` settings as parameters that the pipeline takes, else `InvalidParameter`.

    Where a parameter is a file, the one named is stored and its key is the value.
    """
    params: Parameters = {
        name: _stored(value, store) if _names_a_file(pipeline, name) else value
        for name, value in _pairs(settings)
    }
    pipeline.parse(params)
    return params


def changes_of(pipeline: "Pipeline", settings: Sequence[str], store: "ObjectStore") -> "Parameters":
    """`key=value` settings as changes of parameters; `key=` takes one away and is None.

    They are checked together with what they change, which is not known here.
    """
    return {
        name: None
        if not value
        else _stored(value, store)
        if _names_a_file(pipeline, name)
        else value
        for name, value in _pairs(settings)
    }


def _pairs(settings: Sequence[str]) -> list[tuple[str, str]]:
    from media.errors import InvalidParameter

    if wrong := [setting for setting in settings if "=" not in setting]:
        raise InvalidParameter(f"--set {wrong[0]}: write key=value")
    return [(name, value) for name, _, value in (text.partition("=") for text in settings)]


def _names_a_file(pipeline: "Pipeline", name: str) -> bool:
    schema = pipeline.parameters.model_json_schema()["properties"].get(name, {})
    return bool(schema.get("file")) or any(part.get("file") for part in schema.get("anyOf", []))


def _stored(name: str, store: "ObjectStore") -> str:
    from media.errors import InvalidParameter
    from resources.stored_files import store_file

    path = Path(name)
    if not path.is_file():
        raise InvalidParameter(f"{path} is not a file")
    with path.open("rb") as file:
        return store_file(store, path.name, file)
