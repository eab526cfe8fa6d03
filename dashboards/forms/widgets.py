"""One widget for each kind of parameter; each returns the parameter's value as JSON."""

from collections.abc import Callable, Mapping
from typing import IO, cast

import streamlit as st
from pydantic import JsonValue

from dashboards.forms.fields import Kind, ParameterField
from dashboards.installation import desk
from resources.stored_files import store_file

_FEW = 5
"""Choices that are shown side by side; more are in a list."""
_LONGEST_FILE_MB = 20
_UNSAID = ""


def ask(field: ParameterField, value: JsonValue, prefix: str) -> JsonValue:
    """Show the widget of `field`, at first with `value`; what it says now."""
    return _WIDGETS[field.kind](field, value, f"{prefix}-{field.name}")


def _yes_or_no(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    said = field.help or None
    if not field.is_optional:
        return st.toggle(field.label, bool(value), key=key, help=said, persist_state="page")
    words = {None: field.words(None), True: "Yes", False: "No"}
    options = list(words)
    return st.selectbox(
        field.label,
        options,
        options.index(cast("bool | None", value)),
        format_func=words.__getitem__,
        key=key,
        help=said,
        persist_state="page",
    )


def _one_of(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    choices = _with(field.choices, value)
    said = field.help or None
    if len(choices) <= _FEW and not field.is_optional:
        return st.segmented_control(
            field.label,
            choices,
            default=cast("str | None", value),
            required=True,
            wrap=True,
            format_func=field.words,
            key=key,
            help=said,
            persist_state="page",
        )
    # An option that is None could be cleared, to the same None.
    options = [_UNSAID, *choices] if field.is_optional else choices
    at_first = _UNSAID if value is None else str(value)
    picked = st.selectbox(
        field.label,
        options,
        options.index(at_first) if at_first in options else None,
        format_func=lambda option: field.words(option or None),
        key=key,
        help=said,
        persist_state="page",
    )
    return picked or None


def _some_of(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    chosen = _texts(value)
    picked = st.pills(
        field.label,
        _with(field.choices, *chosen),
        selection_mode="multi",
        default=chosen,
        wrap=True,
        format_func=field.words,
        key=key,
        help=field.help or None,
        persist_state="page",
    )
    return _ordered(picked, chosen)


def _words(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    chosen = _texts(value)
    return list(
        st.multiselect(
            field.label,
            _with(field.wording.suggested, *chosen),
            default=chosen,
            key=key,
            help=field.help or None,
            max_selections=field.longest,
            accept_new_options=True,
            placeholder="Choose, or write and press Enter",
            persist_state="page",
        )
    )


def _whole(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    at_first = None if value is None else int(cast("int", value))
    if at_first is not None and field.low == 1 and field.high == 100:
        return st.slider(
            field.label, 1, 100, at_first, key=key, help=field.help or None, persist_state="page"
        )
    return st.number_input(
        field.label,
        min_value=None if field.low is None else int(field.low),
        max_value=None if field.high is None else int(field.high),
        value=at_first,
        step=1,
        key=key,
        help=field.help or None,
        placeholder=field.words(None),
        persist_state="page",
    )


def _number(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    at_first = None if value is None else float(cast("float", value))
    low, high = field.low, field.high
    if at_first is not None and low is not None and high is not None and high - low <= 1:
        return st.slider(
            field.label,
            low,
            high,
            at_first,
            0.01,
            key=key,
            help=field.help or None,
            persist_state="page",
        )
    return st.number_input(
        field.label,
        min_value=low,
        max_value=high,
        value=at_first,
        step=0.1 if high is not None and high <= 10 else 1.0,
        key=key,
        help=field.help or None,
        placeholder=field.words(None),
        persist_state="page",
    )


def _text(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    at_first = str(value) if value is not None else ""
    hint = field.wording.unset or None
    said = field.help or None
    if field.wording.is_long:
        text = st.text_area(
            field.label,
            at_first,
            max_chars=field.longest,
            key=key,
            help=said,
            placeholder=hint,
            height=100,
            persist_state="page",
        )
    else:
        text = st.text_input(
            field.label,
            at_first,
            max_chars=field.longest,
            key=key,
            help=said,
            placeholder=hint,
            persist_state="page",
        )
    return (text or "").strip() or (None if field.is_optional else "")


def _color(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    at_first = str(value or "#ffffff")
    said = field.help or None
    if not field.is_optional:
        return st.color_picker(field.label, at_first, key=key, help=said, persist_state="page")
    with st.container():
        left_open = st.toggle(
            f"{field.label}: {field.words(None).lower()}",
            value is None,
            key=f"{key}-open",
            help=said,
            persist_state="page",
        )
        if left_open:
            return None
        return st.color_picker(
            field.label,
            at_first,
            key=key,
            label_visibility="collapsed",
            persist_state="page",
        )


def _file(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    with st.container():
        file = st.file_uploader(
            field.label,
            field.wording.extensions or None,
            key=key,
            help=field.help or None,
            max_upload_size=_LONGEST_FILE_MB,
        )
        if file is not None:
            return _stored(file, file.name, f"{key}-{file.file_id}")
        if value is None:
            return None
        keep = st.toggle("Keep the file of before", True, key=f"{key}-keep", persist_state="page")
        return value if keep else None


def _stored(file: IO[bytes], name: str, key: str) -> str:
    """The key of a file that belongs to the parameters; stored once, not at each click."""
    known: dict[str, str] = st.session_state.setdefault("stored-files", {})
    if key not in known:
        with st.spinner(f"Storing {name} ..."):
            known[key] = store_file(desk().deployment.store, name, file)
    return known[key]


def _pairs(field: ParameterField, value: JsonValue, key: str) -> JsonValue:
    pairs = value if isinstance(value, dict) else {}
    text = st.text_area(
        field.label,
        "\n".join(f"{name}={said}" for name, said in pairs.items()),
        key=key,
        help=field.help or None,
        height=100,
        persist_state="page",
    )
    lines = [line for line in (text or "").splitlines() if line.strip()]
    if any("=" not in line for line in lines):
        # The parameters say what is wrong with it.
        return ",".join(lines)
    said = [line.partition("=") for line in lines]
    return {name.strip(): column.strip() for name, _, column in said}


def _texts(value: JsonValue) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _with(choices: tuple[str, ...], *values: JsonValue) -> list[str]:
    """The choices, and the values that are none of them."""
    return list(dict.fromkeys([*choices, *(str(value) for value in values if value is not None)]))


def _ordered(picked: list[str], at_first: list[str]) -> JsonValue:
    """What was picked; in the order of before where it is the same, as that is no change."""
    return list(at_first) if set(picked) == set(at_first) else list(picked)


_WIDGETS: Mapping[Kind, Callable[[ParameterField, JsonValue, str], JsonValue]] = {
    Kind.YES_OR_NO: _yes_or_no,
    Kind.ONE_OF: _one_of,
    Kind.SOME_OF: _some_of,
    Kind.WORDS: _words,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.COLOR: _color,
    Kind.FILE: _file,
    Kind.PAIRS: _pairs,
}
