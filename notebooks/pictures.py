"""Pictures of the store, small and side by side, for a notebook's page."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from resources.deployments import Deployment

_GONE = "no longer in the store"


@dataclass(frozen=True)
class Shown:
    """A picture by its key, with a caption and a fainter note below it."""

    key: str | None
    caption: str
    note: str = ""


def sheet(
    deployment: Deployment, pictures: Sequence[Shown | None], columns: int, tile_px: int = 170
) -> str:
    """The pictures row by row as one JPEG, as a data URL; None leaves a place empty.

    They are decoded in a worker: some are uploads. One that is gone is a field that says so.
    """
    from media.contact_sheets import Tile, contact_sheet

    def tile(shown: Shown) -> Tile:
        data = None
        if shown.key is not None:
            try:
                data = deployment.store.get(shown.key)
            except FileNotFoundError:
                return Tile(None, shown.caption, _GONE)
        return Tile(data, shown.caption, shown.note)

    tiles = [None if shown is None else tile(shown) for shown in pictures]
    drawn = deployment.workers.run(contact_sheet, tiles, columns, tile_px, "jpeg")
    return f"data:image/jpeg;base64,{base64.b64encode(drawn).decode()}"
