"""What a model takes, and which version of it: found out before anything is paid.

Schemas are the OpenAPI documents that Replicate keeps of a model's input; enumerations stand
beside the input and are referred to.
"""

import logging
from collections.abc import Mapping
from typing import Any

from media.errors import ProviderRejected, ShowroomError
from resources.paid_calls import NotNow, Turns
from resources.replicate.api import ModelVersion, ReplicateApi
from resources.replicate.terms import Terms

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
    """The models' newest versions with their schemas, each asked for once."""

    def __init__(self, api: ReplicateApi, terms: Terms) -> None:
        self._api = api
        self._reads = terms.reads
        self._turns = Turns()
        self._known: dict[str, ModelVersion] = {}

    def require(self, name: str, inputs: Mapping[str, object]) -> None:
        """`ProviderRejected` when the model would not take what is about to be asked.

        A model that tells no schema is believed to.
        """
        if wrong := mismatch(self._of(name).schema, inputs):
            raise ProviderRejected(f"{name} is not what it was: {wrong}")

    def version_of(self, name: str) -> str:
        """The id of the model's newest version, without which some cannot be asked.

        Raises `ProviderUnavailable` when it cannot be had, and `ProviderRejected` where there
        is none.
        """
        with self._turns.of(name):
            known = self._known.get(name, ModelVersion())
            if not known.id:
                known = self._reads.ask(lambda: self._api.newest(name))
                self._known[name] = known
        if not known.id:
            raise ProviderRejected(f"{name} has no version that could be asked; choose another")
        return known.id

    def _of(self, name: str) -> ModelVersion:
        with self._turns.of(name):
            if name not in self._known:
                try:
                    self._known[name] = self._api.newest(name)
                except (NotNow, ShowroomError) as error:
                    _log.warning("the schema of %s cannot be read: %s", name, error)
                    self._known[name] = ModelVersion()
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
