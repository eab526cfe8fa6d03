"""Every key of the object store: the API between the parts of Showroom.

    submissions/<job>/<file>... + request.json last   an explicit submission
    inbox/<pipeline>/<any path>/<file>                a loose drop
    claims/<job>.json                                 a drop the sensor has taken, not yet drained
    retries/<job>-<id>                                a wish that a job be run again
    jobs/<job>/request.json                           what was asked; the record of the job
    jobs/<job>/progress.json                          how far the running step is
    originals/<sha256[:2]>/<sha256>.<ext>             the bytes as uploaded, once per content
    outputs/<pipeline>/<job>/<item>/<name>.<ext>      what was made; bytes under a key never change
    calls/<provider>/<digest[:2]>/<digest>            what a paid service answered, kept
    calls/<provider>/<digest[:2]>/<digest>.attempts.json   how it was asked for, step by step
    calls/<provider>/webhooks/<prediction>            the word that a prediction is over
    tables/<table>/<job>.parquet                      one file per job ...
    tables/<table>/compacted/<name>.parquet           ... until old ones are merged
    downloads/<digest of URL>                         what is being fetched, for a moment
    lance/<table>.lance/...                           vectors and what is searched with them
    features/<embedder>/<sha256[:2]>/<sha256>         local features of a picture
    reports/<digest of key>/<id>.json                 that somebody reported a picture
    links/<job>.json                                  when a job's links were last withdrawn
    notebook_reports/<week>/<notebook>.html           what a notebook showed in a week
    refused/<job>/<item>/<file>                       kept for the owner to see, for a set time

Nothing else in Showroom spells a key. A name that people chose enters a key only through
`safe_segment`, so it can never climb out of its folder, and it stays readable.
"""

import hashlib
import re
from urllib.parse import quote, unquote

INBOX = "inbox/"
SUBMISSIONS = "submissions/"
CLAIMS = "claims/"
REFUSED = "refused/"
RETRIES = "retries/"
REPORTS = "reports/"
OUTPUTS = "outputs/"

_MAX_SEGMENT_BYTES = 200
_UNSAFE = re.compile(r"[%/\\\x00-\x1f\x7f\ud800-\udfff]")
# The object store library reads a trailing `#<digits>` as its own temporary file.
_TEMPORARY = re.compile(r"#(?=\d+$)")


def safe_segment(name: str) -> str:
    """`name` as one path segment: no separators, no control characters, at most 200 bytes.

    Ordinary names, unicode and spaces and quotes included, come back unchanged. `unquote`
    restores the rest, save names over the length, which keep their start, a hash and their
    extension.
    """
    segment = _UNSAFE.sub(_percent, name)
    segment = _TEMPORARY.sub("%23", segment)
    if segment.strip(".") == "":
        segment = segment.replace(".", "%2E") or "%00"
    if len(segment.encode()) <= _MAX_SEGMENT_BYTES:
        return segment
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    stem, dot, extension = segment.rpartition(".")
    if not dot or len(extension.encode()) > 12:
        stem, dot, extension = segment, "", ""
    room = _MAX_SEGMENT_BYTES - len(f"~{digest}{dot}{extension}".encode())
    start = stem.encode()[:room].decode("utf-8", "ignore")
    return f"{start}~{digest}{dot}{extension}"


def _percent(match: re.Match[str]) -> str:
    return quote(match.group().encode("utf-8", "surrogatepass"), safe="")


def file_name(segment: str) -> str:
    """The name a person gave, from a segment that `safe_segment` made."""
    return unquote(segment, errors="replace")


def inbox_prefix(pipeline: str) -> str:
    """Where loose drops for one pipeline arrive."""
    return f"{INBOX}{pipeline}/"


def submission_prefix(job: str) -> str:
    """Where the files of an explicit submission are put."""
    return f"{SUBMISSIONS}{job}/"


def submission_file(job: str, position: int, filename: str) -> str:
    """The key of one submitted file; `position` keeps equal names apart."""
    return f"{SUBMISSIONS}{job}/{position:04d}-{safe_segment(filename)}"


def submission_request(job: str) -> str:
    """The object whose arrival completes a submission."""
    return f"{SUBMISSIONS}{job}/request.json"


def submission_rejection(job: str) -> str:
    """Why a submission's request could not be taken."""
    return f"{SUBMISSIONS}{job}/rejected.json"


def claim(job: str) -> str:
    """The sensor's note that a drop is taken; gone once the drop is drained."""
    return f"{CLAIMS}{job}.json"


def retry(job: str, unique: str) -> str:
    """A wish that `job` be run again; `unique` tells one wish from the next."""
    return f"{RETRIES}{job}-{unique}"


def job_request(job: str) -> str:
    """The record of what was asked."""
    return f"jobs/{job}/request.json"


def job_progress(job: str) -> str:
    """How far the running step is."""
    return f"jobs/{job}/progress.json"


def original(sha256: str, extension: str) -> str:
    """Where an upload's bytes live for good."""
    return f"originals/{sha256[:2]}/{sha256}.{extension}"


def output(pipeline: str, job: str, item: str, name: str, extension: str) -> str:
    """Where one made object lives; `name` carries a content hash."""
    return f"{OUTPUTS}{pipeline}/{job}/{item}/{safe_segment(name)}.{extension}"


def paid_call(provider: str, digest: str) -> str:
    """The answer of a paid service to the question that has this digest."""
    return f"calls/{provider}/{digest[:2]}/{digest}"


def paid_attempts(provider: str, digest: str) -> str:
    """The attempts at an answer, beside it."""
    return paid_call(provider, digest) + ".attempts.json"


def prediction_word(provider: str, prediction: str) -> str:
    """Where the word of a prediction's end is kept."""
    return f"calls/{provider}/webhooks/{safe_segment(prediction)}"


def download(url: str) -> str:
    """Where a picture that a catalogue names by its URL lies until its content is known."""
    return f"downloads/{hashlib.sha256(url.encode()).hexdigest()}"


def vector_table(name: str) -> str:
    """The folder of one table of vectors."""
    return f"lance/{safe_segment(name)}.lance"


def local_features(embedder: str, sha256: str) -> str:
    """Local features of the picture with this hash, as one version of an embedder sees them."""
    return f"features/{safe_segment(embedder)}/{sha256[:2]}/{sha256}"


def report(key: str, unique: str) -> str:
    """One report of the picture under `key`."""
    return f"{REPORTS}{hashlib.sha256(key.encode()).hexdigest()[:32]}/{unique}.json"


def withdrawn_links(job: str) -> str:
    """When the links of a job that people were given were withdrawn."""
    return f"links/{job}.json"


def notebook_report(week: str, name: str) -> str:
    """The page of one notebook in one week, which is named as ISO 8601 does: 2026-W47."""
    return f"notebook_reports/{week}/{safe_segment(name)}.html"


def table_prefix(table: str) -> str:
    """Everything stored of one table."""
    return f"tables/{table}/"


def job_table(table: str, job: str) -> str:
    """One job's rows of one table."""
    return f"tables/{table}/{job}.parquet"


def compacted_prefix(table: str) -> str:
    """The merged files of one table."""
    return f"tables/{table}/compacted/"


def compacted_table(table: str, name: str) -> str:
    """One merged file of many jobs' rows."""
    return f"tables/{table}/compacted/{name}.parquet"


def refused_file(job: str, item: str, filename: str) -> str:
    """Where a refused upload is kept for its owner."""
    return f"{REFUSED}{job}/{item}/{safe_segment(filename.rsplit('/', 1)[-1])}"
