"""Colours as people write them: `#rrggbb`."""

import re

_HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def parse_hex_color(text: str) -> tuple[int, int, int]:
    """Return the red, green and blue of `#rrggbb`, each 0 to 255.

    Raises ValueError with a sentence for anything else.
    """
    if not _HEX_COLOR.fullmatch(text):
        raise ValueError(f"'{text}' is not a colour: write it as #rrggbb, for example #ffffff.")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
