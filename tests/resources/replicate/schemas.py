"""Input schemas of the models, in the form in which Replicate tells them."""

from collections.abc import Mapping
from typing import Any


def _document(required: list[str], fields: dict[str, Any], enums: dict[str, Any]) -> dict[str, Any]:
    model_input = {"type": "object", "required": required, "properties": fields}
    return {"openapi": "3.0.2", "components": {"schemas": {"Input": model_input, **enums}}}


def _enum(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _one_of(name: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}], "default": "png"}


_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_SEED = {"type": "integer", "nullable": True}
_QUALITY = {"type": "integer", "minimum": 0, "maximum": 100}
_TOLERANCE = {"type": "integer", "minimum": 1, "maximum": 6}

SCHEMAS: Mapping[str, dict[str, Any]] = {
    "qwen/qwen-image-edit": _document(
        ["prompt", "image"],
        {
            "prompt": _TEXT,
            "image": _URI,
            "seed": _SEED,
            "go_fast": {"type": "boolean", "default": True},
            "aspect_ratio": _one_of("aspect_ratio"),
            "output_format": _one_of("output_format"),
            "output_quality": _QUALITY,
            "disable_safety_checker": {"type": "boolean"},
        },
        {
            "aspect_ratio": _enum("1:1", "16:9", "match_input_image"),
            "output_format": _enum("webp", "jpg", "png"),
        },
    ),
    "black-forest-labs/flux-kontext-max": _document(
        ["prompt"],
        {
            "prompt": _TEXT,
            "input_image": _URI,
            "seed": _SEED,
            "aspect_ratio": _one_of("aspect_ratio"),
            "output_format": _one_of("output_format"),
            "safety_tolerance": {"type": "integer", "minimum": 0, "maximum": 6},
        },
        {
            "aspect_ratio": _enum("1:1", "match_input_image"),
            "output_format": _enum("jpg", "png"),
        },
    ),
    "black-forest-labs/flux-fill-pro": _document(
        ["prompt", "image"],
        {
            "prompt": _TEXT,
            "image": _URI,
            "mask": _URI,
            "seed": _SEED,
            "steps": {"type": "integer", "minimum": 1, "maximum": 50},
            "guidance": {"type": "number", "minimum": 2, "maximum": 5},
            "prompt_upsampling": {"type": "boolean"},
            "safety_tolerance": _TOLERANCE,
            "output_format": _one_of("output_format"),
        },
        {"output_format": _enum("jpg", "png")},
    ),
}
