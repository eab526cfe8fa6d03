"""A form made from a pipeline's parameters: what a job is asked for, with nothing to spell.

It is made from the declaration of the parameters, so a pipeline that is new has one too.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st
from pydantic import JsonValue, ValidationError

from dashboards.forms.fields import ParameterField, fields_of, grouped
from dashboards.forms.labels import FIRST
from dashboards.forms.widgets import ask
from media.errors import InvalidParameter
from media.pipeline import Pipeline
from media.requests import Parameters

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def parameter_form(
    pipeline: Pipeline, given: Mapping[str, JsonValue], key: str
) -> Parameters | None:
    """Show the form, filled with `given`; what it says now, without what is as usual anyway.

    None when something is wrong, which is said below the form. `key` tells one form from another;
    a new one forgets what was entered.
    """
    fields = fields_of(pipeline)
    start = typed(pipeline, given)
    prefix = f"{key}-{pipeline.name}"
    values: dict[str, JsonValue] = {}
    groups = grouped(fields)
    _ask_all(groups.pop(FIRST), start, values, prefix)
    if groups:
        with st.expander("All settings", icon=":material/tune:", key=f"{prefix}-all"):
            for name, group in groups.items():
                if len(groups) > 1 and any(field.is_shown(values) for field in group):
                    st.markdown(f"**{name}**")
                _ask_all(group, start, values, prefix)
    params = differing(fields, values)
    if wrong := mistakes(pipeline, params):
        st.error("\n\n".join(wrong), icon=":material/error:")
        return None
    return params


def _ask_all(
    fields: Sequence[ParameterField],
    start: Mapping[str, JsonValue],
    values: dict[str, JsonValue],
    prefix: str,
) -> None:
    """One widget for each that means anything; their answers go into `values`."""
    wide = [field for field in fields if field.is_wide]
    narrow = [field for field in fields if not field.is_wide]
    for field in wide:
        if field.is_shown(values):
            values[field.name] = ask(field, start.get(field.name, field.default), prefix)
    if not narrow:
        return
    grid = st.grid("auto", min_column_width=200)
    for field in narrow:
        if field.is_shown(values):
            with grid:
                values[field.name] = ask(field, start.get(field.name, field.default), prefix)


def typed(pipeline: Pipeline, given: Mapping[str, JsonValue]) -> Parameters:
    """`given` as JSON of the right types: on a command line everything is text.

    What is no longer a parameter, or no longer allowed, is left out.
    """
    good: Parameters = {}
    for name, value in given.items():
        try:
            record = pipeline.parse({**good, name: value})
        except InvalidParameter:
            continue
        good[name] = record.model_dump(mode="json")[name]
    return good


def differing(fields: Sequence[ParameterField], values: Mapping[str, JsonValue]) -> Parameters:
    """The values that are not as usual."""
    usual = {field.name: field.default for field in fields}
    return {name: value for name, value in values.items() if value != usual[name]}


def changes(
    given: Mapping[str, JsonValue], wanted: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    """What turns the parameters `given` into those `wanted`; None takes one away."""
    changed = {name: value for name, value in wanted.items() if given.get(name) != value}
    return {**changed, **{name: None for name in given if name not in wanted}}


def mistakes(pipeline: Pipeline, params: Mapping[str, JsonValue]) -> list[str]:
    """What is wrong with the parameters, each in a sentence that begins with its label."""
    try:
        pipeline.parse(params)
    except InvalidParameter as error:
        if not isinstance(error.__cause__, ValidationError):
            return [str(error)]
        labels = {field.name: field.label for field in fields_of(pipeline)}
        return [_said(problem, labels) for problem in error.__cause__.errors(include_url=False)]
    return []


def _said(problem: "ErrorDetails", labels: Mapping[str, str]) -> str:
    message = str(problem["msg"]).removeprefix("Value error, ")
    where = str(problem["loc"][0]) if problem["loc"] else ""
    sentence = message if message.endswith(".") else message + "."
    return f"{labels.get(where, where)}: {sentence}" if where else sentence
