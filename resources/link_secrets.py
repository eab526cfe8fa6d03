"""The secrets that sign published links: those of the setting, or one made once in the home."""

import os
import secrets
from pathlib import Path
from tempfile import mkstemp

from media.errors import InvalidSetting
from resources.settings import Settings, words

FILE = "link-secret"
"""In the home, for its owner's eyes only."""
_RANDOM_BYTES = 48


def link_secrets(settings: Settings) -> list[str]:
    """The secrets of an installation, the one that signs first; all of them verify.

    Without the setting `link_secret` there is one in the home, made when it is first asked for.
    Raises InvalidSetting for a file that holds none.
    """
    if given := words(settings.link_secret.get_secret_value()):
        return given
    path = settings.home / FILE
    if not path.exists():
        _make(path)
    if not (kept := path.read_text().strip()):
        raise InvalidSetting(
            f"link_secret: {path} is empty; remove the file and a new secret is made, or set "
            "SHOWROOM_LINK_SECRET. Links signed with the old secret do not work with a new one."
        )
    return [kept]


def _make(path: Path) -> None:
    """Write a new secret, whole and readable by its owner only, unless there is one by now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(_RANDOM_BYTES))
            file.flush()
            os.fsync(descriptor)
        # Of several processes one links first; unlike a rename, a link replaces nothing.
        path.hardlink_to(partial)
    except FileExistsError:
        return
    finally:
        partial.unlink()
