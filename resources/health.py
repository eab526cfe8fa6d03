"""Health: what is configured in an installation, what works, what is missing and what helps."""

import importlib.metadata
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from resources.deployments import Deployment


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it works, what was found and, if it is bad, what helps."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


Examination = Callable[[Deployment], str]


def examine(deployment: Deployment) -> list[Finding]:
    """Everything looked at, in an order in which the first bad one explains the others."""
    return [_examine(deployment, *examination) for examination in _EXAMINATIONS]


def _examine(deployment: Deployment, name: str, examination: Examination, remedy: str) -> Finding:
    try:
        return Finding(name, ok=True, found=examination(deployment))
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what the user wants to know
        return Finding(name, ok=False, found=f"{type(error).__name__}: {error}", remedy=remedy)


def _python(_: Deployment) -> str:
    return sys.version.split()[0]


def _home(deployment: Deployment) -> str:
    home = deployment.settings.home
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free
    if free < 1_000_000_000:
        raise OSError(f"only {free / 1e6:.0f} MB free in {home}")
    return f"{home}, {free / 1e9:.0f} GB free"


def _store(deployment: Deployment) -> str:
    # Of its own, since two may be looking at the same moment.
    key = f"jobs/doctor/{uuid4().hex}.json"
    deployment.store.put(key, b"{}")
    read = deployment.store.get(key)
    deployment.store.delete([key])
    if read != b"{}":
        raise OSError("what was written is not what was read")
    return f"{deployment.store.description}: writes, reads, deletes"


def _inbox(deployment: Deployment) -> str:
    from media.pipeline import all_pipelines

    deployment.inbox.prepare(all_pipelines())
    waiting = sum(len(deployment.inbox.arrivals(name)) for name in all_pipelines())
    return f"inbox/<pipeline>/ for {', '.join(all_pipelines())}; {waiting} files there"


def _workers(deployment: Deployment) -> str:
    from media.formats import detect_format

    deployment.workers.run(detect_format, b"\xff\xd8\xff\xe0")
    settings = deployment.settings
    return (
        f"{deployment.workers.count} processes, each item at most "
        f"{settings.worker_memory_bytes / 1e6:.0f} MB and {settings.worker_time_s:g} s"
    )


def _formats(_: Deployment) -> str:
    import pillow_heif
    from PIL import features

    missing = [
        name for name in ("jpg", "zlib", "webp", "avif", "littlecms2") if not features.check(name)
    ]
    if missing:
        raise ImportError(f"Pillow lacks {', '.join(missing)}")
    heif = pillow_heif.libheif_version()
    av = importlib.metadata.version("av")
    return f"JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF, PDF; HEIC by libheif {heif}; video by av {av}"


def _providers(deployment: Deployment) -> str:
    providers = deployment.providers
    vision, remover, scenes, staging = (
        providers.vision_model,
        providers.background_remover,
        providers.scene_model,
        providers.staging_model,
    )
    images, moderation, embedder = (
        providers.image_model,
        providers.moderation_model,
        providers.embedder,
    )
    return (
        f"frames judged by {vision.part.provider} {vision.part.model} ({vision.why}); "
        f"products cut out by {remover.part.provider} {remover.part.model} ({remover.why}); "
        f"backgrounds by {scenes.part.provider} {scenes.part.model} ({scenes.why}); "
        f"rooms staged by {staging.part.provider} {staging.part.models[0]} ({staging.why}); "
        f"designs made by {images.part.provider} {images.part.models[0]} ({images.why}), "
        f"moderated by {moderation.part.provider} ({moderation.why}); "
        f"vectors by {embedder.part.provider} {embedder.part.model} ({embedder.why})"
    )


def _search(deployment: Deployment) -> str:
    products = deployment.fashion.indexed_products.summary()
    pictures = deployment.fashion.image_index.table.describe()
    seal = deployment.fashion.contact_seal
    by = "comparing with each" if products.index == "exact" else f"an index ({products.index})"
    return (
        f"{products.products} products, {products.with_vector} with a vector, searched by "
        f"{by}; {pictures.rows} pictures; contacts of ateliers "
        f"{'are encrypted' if seal.is_set else 'are not taken: SHOWROOM_CONTACT_KEY is not set'}"
    )


def _runs(deployment: Deployment) -> str:
    from resources.dagster_home import is_up, open_instance

    with open_instance(deployment.settings) as instance:
        count = instance.get_runs_count()
    up = "`showroom up` runs" if is_up(deployment.settings) else "`showroom up` does not run"
    return f"{count} runs in {deployment.settings.dagster_home}; {up}"


def _warehouse(deployment: Deployment) -> str:
    from media.pipeline import all_tables

    deployment.warehouse.rebuild(all_tables())
    return f"{deployment.warehouse.path}, {len(list(all_tables()))} views"


_EXAMINATIONS: tuple[tuple[str, Examination, str], ...] = (
    ("python", _python, "install Python 3.11 or newer"),
    ("home", _home, "free some space, or set SHOWROOM_HOME to a folder on another disk"),
    ("store", _store, "check SHOWROOM_STORE, and for a bucket AWS_ACCESS_KEY_ID and its secret"),
    ("inbox", _inbox, "make the inbox folder readable and writable for this user"),
    ("media workers", _workers, "raise SHOWROOM_WORKER_MEMORY_BYTES, or run `make setup` again"),
    ("formats", _formats, "run `make setup` again: the lock file's Pillow has all of them"),
    ("providers", _providers, "set the key, or choose another provider; see README, Settings"),
    ("search", _search, "remove the folder `lance` of the store; upkeep makes it anew"),
    ("runs", _runs, "remove the folder `dagster` in the home; it holds run history only"),
    ("warehouse", _warehouse, "remove showroom.duckdb; it is made anew from the tables"),
)
