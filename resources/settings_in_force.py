"""Settings in force: what each is, whether it differs from its default, secrets never told."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from resources.settings import PREFIX, Settings

_CREDENTIALS = re.compile(r"//[^/@\s]*@")


@dataclass(frozen=True)
class SettingInForce:
    """One setting of an installation, as it may be shown to an operator."""

    variable: str
    """Name of the environment variable."""
    value: str
    """Empty where nothing is set; of a secret only whether it is."""
    default: str
    is_changed: bool
    description: str


def settings_in_force(settings: Settings) -> list[SettingInForce]:
    """Every setting, in the order they are declared."""
    return [
        SettingInForce(
            variable=PREFIX + name.upper(),
            value=_shown(getattr(settings, name)),
            default=_shown(field.default),
            is_changed=_compared(getattr(settings, name)) != _compared(field.default),
            description=_sentence(field.description or ""),
        )
        for name, field in Settings.model_fields.items()
    ]


def _shown(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "set, not shown" if value.get_secret_value() else ""
    # An address may carry a name and a password.
    return _CREDENTIALS.sub("//…@", str(value))


def _compared(value: Any) -> Any:
    return value.expanduser().resolve() if isinstance(value, Path) else value


def _sentence(description: str) -> str:
    return description[:1].upper() + description[1:]
