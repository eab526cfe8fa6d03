"""Input schemas of the models, in the form in which Replicate tells them."""

from collections.abc import Mapping
from typing import Any


def _document(required: list[str], fields: dict[str, Any], enums: dict[str, Any]) -> dict[str, Any]:
    model_input = {"type": "object", "required": required, "properties": fields}
    return {"openapi": "3.0.2", "components": {"schemas": {"Input": model_input, **enums}}}


def _enum(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _number(kind: str, minimum: float, maximum: float) -> dict[str, Any]:
    return {"type": kind, "minimum": minimum, "maximum": maximum}


def _one_of(name: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}], "default": "png"}


_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_SEED = {"type": "integer", "nullable": True}
_QUALITY = {"type": "integer", "minimum": 0, "maximum": 100}
_TOLERANCE = {"type": "integer", "minimum": 1, "maximum": 6}

_SHAPES = _enum("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21")
_FORMATS = _enum("webp", "jpg", "png")
_FLUX: Mapping[str, dict[str, Any]] = {
    "prompt": _TEXT,
    "seed": _SEED,
    "aspect_ratio": _one_of("aspect_ratio"),
    "output_format": _one_of("output_format"),
    "output_quality": _QUALITY,
}
_FLUX_OPEN: Mapping[str, dict[str, Any]] = {
    **_FLUX,
    "num_outputs": _number("integer", 1, 4),
    "go_fast": {"type": "boolean", "default": True},
    "megapixels": _one_of("megapixels"),
    "disable_safety_checker": {"type": "boolean", "default": False},
}
_FLUX_ENUMS = {
    "aspect_ratio": _SHAPES,
    "output_format": _FORMATS,
    "megapixels": _enum("1", "0.25"),
}

IMAGE_SCHEMAS: Mapping[str, dict[str, Any]] = {
    "black-forest-labs/flux-schnell": _document(
        ["prompt"],
        {**_FLUX_OPEN, "num_inference_steps": _number("integer", 1, 4)},
        _FLUX_ENUMS,
    ),
    "black-forest-labs/flux-dev": _document(
        ["prompt"],
        {
            **_FLUX_OPEN,
            "num_inference_steps": _number("integer", 1, 50),
            "guidance": _number("number", 0, 10),
            "image": _URI,
            "prompt_strength": _number("number", 0, 1),
        },
        _FLUX_ENUMS,
    ),
    "black-forest-labs/flux-1.1-pro": _document(
        ["prompt"],
        {
            **_FLUX,
            "image_prompt": _URI,
            "width": _number("integer", 256, 1440),
            "height": _number("integer", 256, 1440),
            "safety_tolerance": _TOLERANCE,
            "prompt_upsampling": {"type": "boolean", "default": False},
        },
        {
            **_FLUX_ENUMS,
            "aspect_ratio": _enum("custom", *_SHAPES["enum"][:2], *_SHAPES["enum"][3:10]),
        },
    ),
    "stability-ai/sdxl": _document(
        [],
        {
            "prompt": _TEXT,
            "negative_prompt": _TEXT,
            "seed": _SEED,
            "width": {"type": "integer", "default": 1024},
            "height": {"type": "integer", "default": 1024},
            "num_outputs": _number("integer", 1, 4),
            "scheduler": _one_of("scheduler"),
            "num_inference_steps": _number("integer", 1, 500),
            "guidance_scale": _number("number", 1, 50),
            "refine": _one_of("refine"),
            "apply_watermark": {"type": "boolean", "default": True},
            "disable_safety_checker": {"type": "boolean", "default": False},
        },
        {
            "scheduler": _enum("DDIM", "DPMSolverMultistep", "K_EULER_ANCESTRAL", "K_EULER"),
            "refine": _enum("no_refiner", "expert_ensemble_refiner", "base_image_refiner"),
        },
    ),
}
VERSIONED = frozenset({"stability-ai/sdxl"})
"""Models that are no official ones: they are asked by version."""

_STAGING_SCHEMAS: Mapping[str, dict[str, Any]] = {
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

SCHEMAS: Mapping[str, dict[str, Any]] = {**_STAGING_SCHEMAS, **IMAGE_SCHEMAS}
