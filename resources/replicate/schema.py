"""What a model takes, by its live schema: found out before anything is paid.

Schemas are the OpenAPI documents that Replicate keeps of a model's input; enumerations stand
beside the input and are referred to.
"""

import logging
from collections.abc import Mapping
from typing import Any

from media.errors import ProviderRejected, ShowroomError
from resources.paid_calls import NotNow, Turns
from resources.replicate.api import ReplicateApi
from resources.replicate.models import ReplicateModel

Schema = Mapping[str, Any]

_log = logging.getLogger(__name__)

_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
}


class ReplicateSchemas:
    """The models' live schemas, each asked for once; a model that tells none is believed."""

    def __init__(self, api: ReplicateApi) -> None:
        self._api = api
        self._turns = Turns()
        self._known: dict[str, Schema] = {}

    def require(self, model: ReplicateModel, prompt: str, seed: int) -> None:
        """`ProviderRejected` when the model would not take what is about to be asked."""
        file_url = "https://api.replicate.com/v1/files/any"
        inputs = model.inputs(prompt, seed, file_url, file_url)
        if wrong := mismatch(self._of(model.name), inputs):
            raise ProviderRejected(f"{model.name} is not what it was: {wrong}")

    def _of(self, name: str) -> Schema:
        with self._turns.of(name):
            if name not in self._known:
                try:
                    self._known[name] = self._api.schema(name)
                except (NotNow, ShowroomError) as error:
                    _log.warning("the schema of %s cannot be read: %s", name, error)
                    self._known[name] = {}
            return self._known[name]


def mismatch(openapi: Schema, inputs: Mapping[str, object]) -> str | None:
    """What of `inputs` a model with this schema would not take, in words; None when it takes all.

    A schema without a readable input says nothing, and so lets everything pass.
    """
    schemas = _mapping(_mapping(openapi.get("components")).get("schemas"))
    model_input = _mapping(schemas.get("Input"))
    fields = _mapping(model_input.get("properties"))
    if not fields:
        return None
    for name in model_input.get("required") or []:
        if inputs.get(name) is None:
            return f"it needs `{name}`, which is not sent"
    for name, value in inputs.items():
        if name not in fields:
            return f"it has no input `{name}`"
        wrong = _wrong_value(_resolved(_mapping(fields[name]), schemas), value)
        if wrong:
            return f"`{name}` is {value!r}, and {wrong}"
    return None


def _resolved(field: Schema, schemas: Schema) -> Schema:
    """The field with what it refers to: `allOf: [{$ref: "#/components/schemas/<name>"}]`."""
    found = dict(field)
    for part in [field, *(field.get("allOf") or [])]:
        name = str(_mapping(part).get("$ref", "")).rpartition("/")[2]
        found |= _mapping(schemas.get(name))
    return found


def _wrong_value(field: Schema, value: object) -> str | None:
    kinds = _KINDS.get(str(field.get("type")))
    # To Python a truth value is a number too; to a model it is not.
    if kinds and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
        return f"must be of type {field['type']}"
    allowed = field.get("enum")
    if allowed and value not in allowed:
        return f"must be one of {', '.join(map(str, allowed))}"
    if isinstance(value, int | float):
        if value < field.get("minimum", value):
            return f"must be at least {field['minimum']}"
        if value > field.get("maximum", value):
            return f"must be at most {field['maximum']}"
    return None


def _mapping(value: object) -> Schema:
    return value if isinstance(value, Mapping) else {}
