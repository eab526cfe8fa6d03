"""Reports: somebody says that a stored picture should not be shown, and an operator decides.

Each report is an object of its own under a name nobody else writes, so reports at the same time
never replace each other.
"""

from collections import defaultdict
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, ValidationError
from ulid import ULID

from media import keys
from media.errors import InvalidRequest
from resources.object_store import ObjectStore
from resources.progress import each

MAX_WHY = 2_000
"""Most characters of a reason."""

_READ_AT_ONCE = 16
_MAX_PART_BYTES = 255
"""What a folder can have as a name; a longer one would be an error of the store."""


class Report(BaseModel):
    """One report of one picture."""

    model_config = ConfigDict(frozen=True)

    id: str
    """Sorts by time."""
    key: str
    why: str
    owner: str
    at: datetime
    """UTC."""


class Reports:
    """The reports of an installation that nobody has withdrawn."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def report(self, key: str, why: str, owner: str = "local") -> str:
        """Keep that `owner` reports the stored output `key`; the report's id.

        Raises InvalidRequest for a key under which no output is stored, and for a reason that is
        empty or has more than `MAX_WHY` characters.
        """
        # A lone surrogate, as broken clients send it, cannot be written down.
        reason = why.encode("utf-8", "replace").decode().strip()
        if not reason:
            raise InvalidRequest("Say in a few words why the picture should not be shown.")
        if len(reason) > MAX_WHY:
            raise InvalidRequest(
                f"The reason has {len(reason):,} characters; at most {MAX_WHY:,} are taken."
            )
        if not self._is_output(key):
            raise InvalidRequest(
                f"There is no picture under {key!r}; give the key of an output, as its table or "
                "its page shows it."
            )
        report = Report(id=str(ULID()), key=key, why=reason, owner=owner, at=datetime.now(UTC))
        self._store.put(keys.report(key, report.id), report.model_dump_json().encode())
        return report.id

    def of(self, key: str) -> list[Report]:
        """The reports of one picture, the oldest first."""
        return self._read(self._folder(key))

    def reported(self) -> dict[str, list[Report]]:
        """All reports by the key of their picture, the oldest first each."""
        found: defaultdict[str, list[Report]] = defaultdict(list)
        for report in self._read(keys.REPORTS):
            found[report.key].append(report)
        return dict(found)

    def withdraw(self, key: str) -> int:
        """Drop the reports of a picture that is fine after all; how many there were."""
        names = [stored.key for stored in self._store.objects(self._folder(key))]
        self._store.delete(names)
        return len(names)

    def _is_output(self, key: str) -> bool:
        parts = key.split("/")
        if not key.startswith(keys.OUTPUTS) or any(part in {"", ".", ".."} for part in parts):
            return False
        if max(len(part.encode("utf-8", "replace")) for part in parts) > _MAX_PART_BYTES:
            return False
        try:
            return self._store.head(key) is not None
        except ValueError:
            # Characters that no key can have.
            return False

    def _folder(self, key: str) -> str:
        return keys.report(key, "any").rpartition("/")[0] + "/"

    def _read(self, prefix: str) -> list[Report]:
        names = [stored.key for stored in self._store.objects(prefix)]
        read = each(self._one, names, _READ_AT_ONCE)
        return sorted((one for one in read if one is not None), key=lambda report: report.id)

    def _one(self, name: str) -> Report | None:
        """The report under a name; None when it was withdrawn meanwhile, or is none of ours."""
        try:
            return Report.model_validate_json(self._store.get(name))
        except (FileNotFoundError, ValidationError):
            return None
