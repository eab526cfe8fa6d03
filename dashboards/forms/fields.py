"""The parameters of a pipeline as fields of a form, read from the parameters' own declaration."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args

from pydantic import JsonValue
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, to_jsonable_python

from dashboards.forms.labels import FIRST, WORDINGS, Wording
from dashboards.forms.values import value_words
from media.parameter_types import Color
from media.pipeline import Pipeline

_A_COLOR = get_args(Color)[1]
_ALTERNATIVES = re.compile(r"\^\(([\w|-]+)\)\$")
_UNITS = {"usd": "US dollars", "px": "pixels", "s": "seconds", "bytes": "bytes", "deg": "degrees"}
_SHORT = {"max": "Max.", "min": "Min."}


class Kind(StrEnum):
    """What a field takes, and so which widget it is."""

    YES_OR_NO = "yes_or_no"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    WORDS = "words"
    WHOLE = "whole"
    NUMBER = "number"
    TEXT = "text"
    COLOR = "color"
    FILE = "file"
    PAIRS = "pairs"


@dataclass(frozen=True)
class ParameterField:
    """One parameter as a form shows it."""

    pipeline: str
    name: str
    label: str
    help: str
    kind: Kind
    default: JsonValue
    """As JSON; None where nothing need be said, or where something must be."""
    is_optional: bool
    """Whether it may be left unsaid."""
    choices: tuple[str, ...]
    low: float | None
    high: float | None
    """The values it may have, both included."""
    longest: int | None
    """Most characters of a text, most words of a list."""
    wording: Wording

    @property
    def is_wide(self) -> bool:
        """Whether it needs a row of its own."""
        few = self.kind is Kind.ONE_OF and not self.is_optional and len(self.choices) > 3
        return few or self.kind in {Kind.SOME_OF, Kind.PAIRS} or self.wording.is_long

    def words(self, value: str | None) -> str:
        """One of the choices as people say it."""
        if value is None:
            return self.wording.unset or "Not set"
        return value_words(self.pipeline, self.name, value)

    def is_shown(self, values: Mapping[str, JsonValue]) -> bool:
        """Whether it means anything, given the values of the fields before it."""
        others, wanted = self.wording.only_with
        given = [values.get(other) for other in others]
        if not others or not wanted:
            return not others or any(given)
        said = {each for value in given for each in (value if isinstance(value, list) else [value])}
        return bool(said & set(wanted))


def fields_of(pipeline: Pipeline) -> list[ParameterField]:
    """The fields of a pipeline: those that are known in our order, then all others in theirs."""
    schema = pipeline.parameters.model_json_schema()
    declared = pipeline.parameters.model_fields
    known = WORDINGS.get(pipeline.name, {})
    order = [name for name in known if name in declared]
    order += [name for name in declared if name not in known]
    return [
        _field(pipeline.name, name, declared[name], _flat(schema, name), known.get(name))
        for name in order
    ]


def grouped(fields: Sequence[ParameterField]) -> dict[str, list[ParameterField]]:
    """The fields by their group, which is `FIRST` for those that are shown at once."""
    groups: dict[str, list[ParameterField]] = {FIRST: []}
    for field in fields:
        groups.setdefault(field.wording.group, []).append(field)
    return groups


def _flat(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A property with its reference followed and its alternatives to null laid together."""
    found = dict(schema["properties"][name])
    parts = found.pop("anyOf", [found])
    flat: dict[str, Any] = {"optional": any(part.get("type") == "null" for part in parts)}
    # The first alternative is the one that people can fill in; a number may come as text too.
    for part in reversed([part for part in parts if part.get("type") != "null"]):
        reference = part.get("$ref", "").rpartition("/")[2]
        flat.update(schema["$defs"][reference] if reference else part)
    return {**flat, "description": found.get("description", "")}


def _field(
    pipeline: str, name: str, declared: FieldInfo, schema: Mapping[str, Any], known: Wording | None
) -> ParameterField:
    wording = known or Wording()
    choices = _choices(schema, wording)
    default = declared.get_default(call_default_factory=True, validated_data={})
    return ParameterField(
        pipeline=pipeline,
        name=name,
        label=wording.label or label_of(name),
        help=wording.help if known else _sentence(schema["description"]),
        kind=_kind(declared, schema, choices),
        default=None if default is PydanticUndefined else to_jsonable_python(default),
        is_optional=bool(schema["optional"]),
        choices=choices,
        low=_bound(schema, "minimum", "exclusiveMinimum"),
        high=_bound(schema, "maximum", "exclusiveMaximum"),
        longest=schema.get("maxLength") or schema.get("maxItems"),
        wording=wording,
    )


def _choices(schema: Mapping[str, Any], wording: Wording) -> tuple[str, ...]:
    listed = schema.get("enum") or schema.get("items", {}).get("enum")
    if listed or wording.choices:
        return tuple(str(value) for value in listed or wording.choices)
    alternatives = _ALTERNATIVES.fullmatch(schema.get("pattern", ""))
    return tuple(alternatives[1].split("|")) if alternatives else ()


def _kind(declared: FieldInfo, schema: Mapping[str, Any], choices: tuple[str, ...]) -> Kind:
    if schema.get("file"):
        return Kind.FILE
    if _is_color(declared):
        return Kind.COLOR
    of_type = {
        "boolean": Kind.YES_OR_NO,
        "integer": Kind.WHOLE,
        "number": Kind.NUMBER,
        "object": Kind.PAIRS,
        "array": Kind.SOME_OF if choices else Kind.WORDS,
    }
    return of_type.get(schema.get("type", ""), Kind.ONE_OF if choices else Kind.TEXT)


def _is_color(declared: FieldInfo) -> bool:
    nested = [part for argument in get_args(declared.annotation) for part in get_args(argument)]
    return _A_COLOR in [*declared.metadata, *nested]


def _bound(schema: Mapping[str, Any], included: str, excluded: str) -> float | None:
    if included in schema:
        return float(schema[included])
    if excluded not in schema:
        return None
    # A form goes in steps; a hundredth away is as near as it comes.
    step = 1.0 if schema.get("type") == "integer" else 0.01
    return float(schema[excluded]) + (step if included == "minimum" else -step)


def label_of(name: str) -> str:
    """A parameter's name as a label: `max_cost_usd` is `Max. cost (US dollars)`."""
    parts = name.split("_")
    unit = _UNITS.get(parts[-1]) if len(parts) > 1 else None
    said = " ".join(_SHORT.get(part, part) for part in (parts[:-1] if unit else parts))
    return said[:1].upper() + said[1:] + (f" ({unit})" if unit else "")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if not text or text.endswith(".") else ".")
