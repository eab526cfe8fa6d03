"""Whether what became of a corpus file is what its manifest asks of the library pipeline."""

from benchmarks.corpus import CorpusFile
from benchmarks.outcomes import Outcome
from benchmarks.renditions_check import upright_picture, wrong_with_image, wrong_with_page
from media import keys
from resources.object_store import ObjectStore

_TAKEN = frozenset({"image", "pdf"})
_NOT_TAKEN = frozenset({"unsupported_type", "misleading_name", "empty"})
_EITHER = frozenset({"ready", "refused"})


def allowed_states(file: CorpusFile) -> frozenset[str]:
    """The states that are right for a file."""
    if file.kind not in _TAKEN:
        return frozenset({"refused"})
    if file.expected == "process":
        return frozenset({"ready"})
    return frozenset({"refused"}) if file.expected == "refuse" else _EITHER


def problem_with(file: CorpusFile, outcome: Outcome | None, store: ObjectStore) -> str | None:
    """What is wrong with a file's outcome, or None when all is right."""
    if outcome is None:
        return "no row tells of it"
    if outcome.state not in allowed_states(file):
        return str(outcome)
    if outcome.state == "refused":
        return _wrong_refusal(file, outcome, store)
    return _wrong_renditions(file, outcome, store)


def _wrong_refusal(file: CorpusFile, outcome: Outcome, store: ObjectStore) -> str | None:
    row = outcome.bad_row
    if row is None or not row["reason"] or not row["detail"]:
        return "refused without a reason"
    if file.kind not in _TAKEN and row["reason"] not in _NOT_TAKEN:
        return f"not refused as an unsupported type: {outcome}"
    key = outcome.upload["key"]
    if row is not outcome.upload:
        # Taken as an original, and refused where it was drawn: it is kept there.
        return None if file.expected != "refuse" else f"taken first, and only then {outcome}"
    if not key or not key.startswith(keys.REFUSED):
        return f"refused and not kept: its key is {key}"
    if store.get(key) != file.path.read_bytes():
        return f"kept under {key} with other bytes"
    return None


def _wrong_renditions(file: CorpusFile, outcome: Outcome, store: ObjectStore) -> str | None:
    upload = outcome.upload
    # Only files that other libraries open have a size worth trusting, and are safe to open here.
    sure = file.expected == "process" and file.size_px is not None
    size = file.size_px if sure and file.size_px else (upload["width_px"], upload["height_px"])
    if upload["kind"] == "pdf":
        return wrong_with_page(outcome.renditions, size, 0.05 if sure else 0.5, store)
    reference = upright_picture(file.path.read_bytes()) if sure else None
    return wrong_with_image(outcome.renditions, size, reference, store)
