"""What tests share: an installation in a temporary folder, a bucket, and pictures."""

import io
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PREFIX, Settings

MakePicture = Callable[..., bytes]

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's own shell reaches a test."""
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation of the test's own; files count as complete at once."""
    return Settings(home=tmp_path / "home", inbox_settle_s=0, inbox_poll_s=0.05, workers=2)


@pytest.fixture
def deployment(settings: Settings) -> Iterator[Deployment]:
    """That installation, its workers stopped at the end."""
    with Deployment(settings) as made:
        made.inbox.prepare(["library"])
        yield made


@pytest.fixture
def runner(deployment: Deployment) -> Iterator[JobRunner]:
    """A runner of jobs over that installation and its Dagster instance."""
    with open_instance(deployment.settings) as instance:
        yield JobRunner.over(deployment, instance)


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """The address of an S3 server; each test makes a bucket of its own."""
    from moto.server import ThreadedMotoServer

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket_settings(s3_endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an installation over a new bucket, with a prefix."""
    import boto3

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    bucket = "b" + str(abs(hash(str(tmp_path))))
    client = boto3.client("s3", endpoint_url=s3_endpoint, region_name="us-east-1")
    client.create_bucket(Bucket=bucket)
    return Settings(
        home=tmp_path / "home",
        store=f"s3://{bucket}/rooms",
        s3_endpoint=s3_endpoint,
        inbox_poll_s=0.05,
        workers=2,
    )


@pytest.fixture
def bucket_deployment(bucket_settings: Settings) -> Iterator[Deployment]:
    """An installation over a bucket, its workers stopped at the end."""
    with Deployment(bucket_settings) as made:
        yield made


@pytest.fixture
def make_picture() -> MakePicture:
    """A maker of picture bytes: a gradient with a disc, so that each colour is another picture."""

    def make(
        width_px: int = 800, height_px: int = 600, color: str = "tomato", image_format: str = "JPEG"
    ) -> bytes:
        image = Image.linear_gradient("L").resize((width_px, height_px)).convert("RGB")
        draw = ImageDraw.Draw(image)
        draw.ellipse((width_px // 4, height_px // 4, width_px // 2, height_px // 2), fill=color)
        buffer = io.BytesIO()
        image.save(buffer, image_format)
        return buffer.getvalue()

    return make


@pytest.fixture
def drop(settings: Settings) -> Callable[[str, bytes], Path]:
    """Drops a file into the folder inbox of `library`, complete at once."""

    def put(name: str, data: bytes) -> Path:
        path = settings.home / "store" / "inbox" / "library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(".arriving.part")
        partial.write_bytes(data)
        # Older than the rename by more than the file system's clock can blur.
        os.utime(partial, (1, 1))
        partial.replace(path)
        return path

    return put


@pytest.fixture
def corpus() -> Path:
    """The folder of real files, where there is one."""
    if not (CORPUS / "MANIFEST.csv").exists():
        pytest.skip("the corpus of real files (../shared/corpus) is not on this machine")
    return CORPUS
