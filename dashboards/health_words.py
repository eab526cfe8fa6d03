"""What the health page says of an installation's parts, in people's words."""

import importlib.metadata
import sys
from typing import Any

from resources.providers import Choice, Providers

FINDINGS = {
    "python": "Python",
    "home": "Home folder",
    "store": "Store of pictures",
    "inbox": "Inbox",
    "media workers": "Workers that open files",
    "formats": "File formats",
    "providers": "Who does what",
    "search": "Search",
    "runs": "Run history",
    "warehouse": "Tables for questions",
}
"""What people call what was looked at."""

_ROLES = {
    "vision_model": "Tells the views of a product apart",
    "background_remover": "Cuts products out",
    "scene_model": "Makes backgrounds",
    "staging_model": "Stages rooms",
    "image_model": "Draws designs",
    "moderation_model": "Checks designs before they are shown",
    "embedder": "Finds what looks alike",
}
_PROVIDERS = {
    "offline": "Built in, offline",
    "gemini": "Gemini",
    "photoroom": "Photoroom",
    "replicate": "Replicate",
    "rembg": "rembg on this machine",
    "openclip": "OpenCLIP on this machine",
}
_LIBRARIES = ("Streamlit", "Dagster", "Polars", "DuckDB", "LanceDB", "Pillow", "PyAV")
_DISTRIBUTIONS = {"PyAV": "av"}
"""Of those whose package goes by another name."""


def provider_rows(providers: Providers) -> list[tuple[str, str, str, str]]:
    """For each role: what it is for, who fills it, with which model, and why.

    Raises `InvalidSetting` where the settings name a provider that cannot be.
    """
    rows = []
    for role, does in _ROLES.items():
        choice: Choice[Any] = getattr(providers, role)
        name = str(choice.part.provider)
        rows.append(
            (does, _PROVIDERS.get(name, name.capitalize()), _model(choice.part), choice.why)
        )
    return rows


def _model(part: Any) -> str:
    model = getattr(part, "model", None) or next(iter(getattr(part, "models", ())), "")
    return str(model)


def versions() -> dict[str, str]:
    """Showroom, Python and the libraries that do most of the work, with their versions."""
    found = {"Showroom": _version("showroom"), "Python": sys.version.split()[0]}
    found |= {name: _version(_DISTRIBUTIONS.get(name, name)) for name in _LIBRARIES}
    return {name: version for name, version in found.items() if version}


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""
