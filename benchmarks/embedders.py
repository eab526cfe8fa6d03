"""How many pictures a second each embedder takes in, beside what bounds it on this machine."""

import importlib.util
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from benchmarks.homes import installation
from benchmarks.images import photos
from benchmarks.report import Line, print_section
from media.descriptors.describe import describe_picture
from media.errors import ShowroomError
from media.images import load_still
from media.limits import MediaLimits
from resources.embedder import Embedder
from resources.media_workers import MediaWorkers
from resources.offline_embedder import OfflineEmbedder

PICTURES = 60
TARGET_S = 0.3
ARCHITECTURE = "ViT-B-32"
_FORWARD_GFLOP = 8.8
"""Of one picture: twice the 4.4 billion multiply-adds of a ViT-B/32 at 224 pixels."""
_LONGER_SIDE_PX = 800
_PRODUCT_SIDE = 2048


def embedders(workspace: Path) -> None:
    """The built-in embedder, then OpenCLIP where it is installed."""
    pictures = [path.read_bytes() for path in photos(workspace, PICTURES)]
    with installation(workspace / "home") as deployment:
        print_section(
            f"Embedding {PICTURES} photos: what bounds it, and what comes of that",
            [
                *_offline(pictures, deployment.workers),
                *_clip(workspace, pictures, deployment.workers),
            ],
        )


def _offline(pictures: Sequence[bytes], workers: MediaWorkers) -> list[Line]:
    limits = MediaLimits()

    def scale(size_px: tuple[int, int]) -> float:
        return min(1.0, _LONGER_SIDE_PX / max(size_px))

    def decode(data: bytes) -> None:
        load_still(data, limits, scale)

    decoding_s = _cpu_s(decode, pictures)
    described_s = _cpu_s(lambda data: describe_picture(data, limits), pictures)
    rate, most = _rate(OfflineEmbedder(workers, limits), pictures), workers.count / described_s
    return [
        Line("offline: decoding alone", f"{decoding_s:.3f} s CPU a picture"),
        Line.at_most("offline: vectors and local features", described_s, TARGET_S, "s CPU"),
        Line("offline: all cores", f"{rate:.1f} pictures/s", f"of {most:.1f}"),
    ]


def _clip(workspace: Path, pictures: Sequence[bytes], workers: MediaWorkers) -> list[Line]:
    """Speed does not depend on what a network was taught, so random weights will do."""
    if not importlib.util.find_spec("open_clip"):
        return [Line("openclip", "not installed: pip install 'showroom[clip]'")]
    from resources.open_clip import import_open_clip
    from resources.open_clip_embedder import OpenClipEmbedder

    weights = workspace / "random-weights.pt"
    torch, open_clip = import_open_clip()
    torch.save(open_clip.create_model(ARCHITECTURE).state_dict(), weights)
    embedder = OpenClipEmbedder(workers, MediaLimits(), ARCHITECTURE, str(weights))
    embedder.embed(pictures[:1])
    rate = _rate(embedder, pictures)
    gflops = _product_gflops(torch)
    limit = gflops / _FORWARD_GFLOP
    return [
        Line("openclip: a product of matrices", f"{gflops:.0f} GFLOP/s in 32 bits"),
        Line(f"openclip: {ARCHITECTURE}", f"{rate:.1f} pictures/s", f"of {limit:.1f}"),
    ]


def _product_gflops(torch: ModuleType) -> float:
    """What the cores reach on one large product, which is most of what a network does."""
    one = torch.rand(_PRODUCT_SIDE, _PRODUCT_SIDE)
    torch.mm(one, one)
    started = time.perf_counter()
    torch.mm(one, one)
    return 2 * _PRODUCT_SIDE**3 / (time.perf_counter() - started) / 1e9


def _cpu_s(work: Callable[[bytes], object], pictures: Sequence[bytes]) -> float:
    """CPU seconds a picture, in this process and thread."""
    started = time.process_time()
    for data in pictures:
        work(data)
    return (time.process_time() - started) / len(pictures)


def _rate(embedder: Embedder, pictures: Sequence[bytes]) -> float:
    """Pictures a second, in the batches it likes."""
    size = embedder.at_once
    started = time.perf_counter()
    for start in range(0, len(pictures), size):
        for embedded in embedder.embed(pictures[start : start + size]):
            if isinstance(embedded, ShowroomError):
                raise embedded
    return len(pictures) / (time.perf_counter() - started)
