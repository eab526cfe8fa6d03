"""Rembg: never reaches for the network, and says what is missing."""

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from media.errors import EmptyMask, InvalidSetting
from media.limits import MediaLimits
from media.provided_pictures import cutout_of_mask, decoded
from resources.deployments import Deployment
from resources.rembg_background_remover import RembgBackgroundRemover, weights_file
from tests.conftest import MakePicture
from tests.resources.vendor_servers import cut_ellipse

INSTALLED = find_spec("rembg") is not None and find_spec("onnxruntime") is not None
WITHOUT_REMBG = pytest.mark.skipif(INSTALLED, reason="rembg is installed")
WITH_REMBG = pytest.mark.skipif(
    not INSTALLED, reason="rembg (with onnxruntime) is not installed, so its network cannot run"
)


@WITHOUT_REMBG
def test_without_the_extra_the_message_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "u2net.onnx").write_bytes(b"weights")
    with pytest.raises(InvalidSetting, match=r"not installed: pip install 'showroom\[rembg\]'"):
        weights_file(tmp_path, "u2net")


@WITH_REMBG
def test_without_weights_the_message_says_where_they_belong(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match=rf"no weights at {tmp_path}/u2netp\.onnx"):
        weights_file(tmp_path, "u2netp")


@WITH_REMBG
def test_weights_are_loaded_from_their_file_and_nothing_else(
    tmp_path: Path, deployment: Deployment
) -> None:
    # Were a download tried, it would replace the file or fail in another way.
    path = tmp_path / "u2net.onnx"
    path.write_bytes(b"no network")
    remover = RembgBackgroundRemover(deployment.workers, MediaLimits(), tmp_path)
    with pytest.raises(Exception, match=str(path)):
        _ = remover._session
    assert path.read_bytes() == b"no network"


def test_a_mask_of_the_network_becomes_a_cutout_of_the_pictures_size(
    deployment: Deployment, make_picture: MakePicture
) -> None:
    source = deployment.workers.run(decoded, make_picture(200, 150), MediaLimits())
    assert (source.mode, source.size) == ("RGB", (200, 150))
    mask = Image.open(BytesIO(cut_ellipse(source))).getchannel("A")
    cutout = deployment.workers.run(cutout_of_mask, source, mask)
    assert (cutout.format, cutout.width_px, cutout.height_px) == ("png", 200, 150)
    pixels = np.asarray(Image.open(BytesIO(cutout.data)))
    assert np.array_equal(pixels[..., 3], np.asarray(mask))
    inside = np.asarray(mask.filter(ImageFilter.MinFilter(9))) == 255
    assert inside.sum() > 1000
    assert np.array_equal(pixels[inside][:, :3], np.asarray(source)[inside])
    assert not pixels[pixels[..., 3] == 0].any()
    with pytest.raises(EmptyMask):
        deployment.workers.run(cutout_of_mask, source, Image.new("L", source.size))


def test_a_model_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="resnet is not one of u2net, u2netp"):
        weights_file(tmp_path, "resnet")
