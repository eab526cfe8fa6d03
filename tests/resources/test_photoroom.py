"""Photoroom over HTTP: what is sent, every answer it may give, and that nothing is paid twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.errors import (
    CorruptMedia,
    EmptyMask,
    InvalidProviderResponse,
    Moderated,
    ProviderRejected,
    ProviderUnavailable,
    ShowroomError,
    TooLarge,
)
from media.limits import MediaLimits
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.paid_calls import CallRate, PaidCalls
from resources.photoroom import EDIT_COST_USD, SEGMENT_COST_USD, Photoroom
from resources.photoroom_background_remover import PhotoroomBackgroundRemover
from resources.photoroom_scene_model import PhotoroomSceneModel
from resources.scene_model import Scene
from resources.settings import Settings
from tests.conftest import MakePicture
from tests.resources.vendor_servers import (
    Answer,
    VendorServer,
    cut_ellipse,
    photoroom_cutout,
    photoroom_edit_error,
    photoroom_error,
    photoroom_picture,
    photoroom_scene,
    png,
)

SCENE = Scene("real", "on a beach", 320, 240, 0.12, "webp", 90, 7)


@pytest.fixture
def server() -> Iterator[VendorServer]:
    """A Photoroom that cuts out an ellipse, and paints scenes brown."""
    with VendorServer() as made:
        yield made.always(
            lambda call: (photoroom_cutout if "segment" in call.path else photoroom_scene)(call)
        )


def client(server: VendorServer, timeout_s: float = 30.0) -> Photoroom:
    """A client that tries three times and does not wait for long."""
    return Photoroom(
        "secret-key",
        segment_url=server.url,
        edit_url=server.url,
        timeout_s=timeout_s,
        rate=CallRate(1000, first_wait_s=0.001, longest_wait_s=0.5),
    )


@pytest.fixture
def photoroom(server: VendorServer) -> Iterator[Photoroom]:
    """Such a client."""
    made = client(server)
    yield made
    made.close()


@pytest.fixture(scope="module")
def workers() -> Iterator[MediaWorkers]:
    """Workers for all tests of this file."""
    with MediaWorkers(2, 1_000_000_000, 60.0) as made:
        yield made


@pytest.fixture
def new_remover(
    photoroom: Photoroom, settings: Settings, workers: MediaWorkers
) -> Callable[[], PhotoroomBackgroundRemover]:
    """Makes removers that share nothing but the store, as runs do."""
    return lambda: PhotoroomBackgroundRemover(
        photoroom, PaidCalls(ObjectStore.from_settings(settings)), workers, MediaLimits()
    )


@pytest.fixture
def new_scenes(
    photoroom: Photoroom, settings: Settings, workers: MediaWorkers
) -> Callable[[], PhotoroomSceneModel]:
    """Makes scene models that share nothing but the store, as runs do."""
    return lambda: PhotoroomSceneModel(
        photoroom, PaidCalls(ObjectStore.from_settings(settings)), workers, MediaLimits()
    )


@pytest.fixture
def remover(new_remover: Callable[[], PhotoroomBackgroundRemover]) -> PhotoroomBackgroundRemover:
    """A remover over the server."""
    return new_remover()


@pytest.fixture
def scenes(new_scenes: Callable[[], PhotoroomSceneModel]) -> PhotoroomSceneModel:
    """A scene model over the server."""
    return new_scenes()


def test_a_background_is_removed_with_the_fields_photoroom_knows(
    server: VendorServer, remover: PhotoroomBackgroundRemover, make_picture: MakePicture
) -> None:
    picture = make_picture(400, 300)
    removed = remover.cut_out(picture)
    (call,) = server.calls
    assert call.path == "/v1/segment"
    assert call.headers["x-api-key"] == "secret-key"
    assert call.form["image_file"] == picture
    assert call.fields == {"format": "png", "channels": "rgba", "size": "full"}
    cutout = removed.cutout
    assert (cutout.format, cutout.width_px, cutout.height_px) == ("png", 400, 300)
    assert 0 <= cutout.mask_quality <= 1
    pixels = np.asarray(Image.open(BytesIO(cutout.data)))
    assert pixels[150, 200, 3] == 255
    assert not pixels[0, 0].any(), "a transparent pixel keeps a colour"
    made_by = removed.made_by
    assert (made_by.provider, made_by.model, made_by.version) == ("photoroom", "segment", "v1")
    assert made_by.cost_usd == SEGMENT_COST_USD
    assert made_by.seconds > 0


def test_a_scene_is_made_with_the_fields_photoroom_knows(
    server: VendorServer, scenes: PhotoroomSceneModel
) -> None:
    cutout = cut_ellipse(Image.new("RGB", (200, 200), "navy"))
    placed = scenes.place(cutout, SCENE)
    (call,) = server.calls
    assert call.path == "/v2/edit"
    assert call.headers["x-api-key"] == "secret-key"
    assert call.headers["pr-ai-background-model-version"] == "3"
    assert call.form["imageFile"] == cutout
    assert call.fields == {
        "removeBackground": "true",
        "keepExistingAlphaChannel": "auto",
        "background.prompt": "on a beach",
        "background.seed": "7",
        "outputSize": "320x240",
        "padding": "0.12",
        "shadow.mode": "ai.soft",
        "export.format": "png",
    }
    image = Image.open(BytesIO(placed.data))
    assert (image.format, image.size, image.mode) == ("WEBP", (320, 240), "RGB")
    assert (placed.format, placed.width_px, placed.height_px) == ("webp", 320, 240)
    assert placed.words == "on a beach"
    assert (placed.made_by.provider, placed.made_by.seed) == ("photoroom", 7)
    assert placed.made_by.cost_usd == EDIT_COST_USD


@pytest.mark.parametrize(("kind", "words"), [("real", "table"), ("creative", "plinth")])
def test_a_scene_without_words_gets_some(
    server: VendorServer, scenes: PhotoroomSceneModel, kind: str, words: str
) -> None:
    placed = scenes.place(b"cutout", Scene(kind, None, 64, 64, 0.1, "png", 90, 1))  # type: ignore[arg-type]
    assert words in placed.words
    assert server.calls[0].fields["background.prompt"] == placed.words


BUSY = [
    photoroom_error(429, "slow down"),
    photoroom_error(429, "slow down", headers={"Retry-After": "0.05"}),
    photoroom_error(500, "oops"),
    Answer(b"<html>Bad Gateway</html>", 502, "text/html"),
    photoroom_error(503, "later"),
    photoroom_picture(b"\x89PNG" * 100),
]
BUSY[-1] = Answer(BUSY[-1].body, content_type="image/png", cut_off=True)


@pytest.mark.parametrize("busy", BUSY, ids=["429", "hint", "500", "html", "503", "cut off"])
def test_a_busy_photoroom_is_asked_again(
    server: VendorServer, photoroom: Photoroom, make_picture: MakePicture, busy: Answer
) -> None:
    picture = make_picture(80, 60)
    server.then(busy, busy)
    assert photoroom.segment(picture, {}).startswith(b"\x89PNG")
    assert len(server.calls) == 3
    assert all(call.form["image_file"] == picture for call in server.calls)


@pytest.mark.parametrize("busy", BUSY, ids=["429", "hint", "500", "html", "503", "cut off"])
def test_after_three_tries_photoroom_is_unavailable(
    server: VendorServer, photoroom: Photoroom, busy: Answer
) -> None:
    server.always(busy)
    with pytest.raises(ProviderUnavailable, match="Photoroom"):
        photoroom.segment(b"picture", {})
    assert len(server.calls) == 3


def test_an_answer_that_does_not_come_is_waited_for_as_long_as_allowed(
    server: VendorServer, make_picture: MakePicture
) -> None:
    server.then(server.silence(), server.silence())
    photoroom = client(server, timeout_s=0.2)
    assert photoroom.segment(make_picture(80, 60), {})
    server.always(server.silence())
    with pytest.raises(ProviderUnavailable, match="in time"):
        photoroom.segment(b"picture", {})
    assert len(server.calls) == 6
    photoroom.close()


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with VendorServer() as gone:
        photoroom = client(gone)
    with pytest.raises(ProviderUnavailable, match="cannot be reached"):
        photoroom.segment(b"picture", {})


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (photoroom_error(401, "who are you"), ProviderRejected, "API key"),
        (photoroom_error(403, "Forbidden"), ProviderRejected, "API key"),
        (photoroom_error(402, "credits exhausted"), ProviderRejected, "credit is spent"),
        (Answer(b'{"error": {"detail": "0 left"}}', 402), ProviderRejected, "0 left"),
        (photoroom_error(400, "Could not decode image"), CorruptMedia, "decode image"),
        (photoroom_edit_error(400, "No subject found"), CorruptMedia, "No subject found"),
        (photoroom_error(415, "Unsupported"), CorruptMedia, "Unsupported"),
        (photoroom_error(413, "30MB at most"), TooLarge, "30MB"),
        (photoroom_error(400, "Content moderation failed"), Moderated, "moderation"),
        (photoroom_edit_error(400, "removeBackground must be boolean"), ProviderRejected, "must"),
        (photoroom_edit_error(400, "imageFile must be a file"), ProviderRejected, "must"),
        (photoroom_error(400, "Please provide an image."), ProviderRejected, "provide"),
        (Answer(b"", 404), ProviderRejected, "404"),
        (Answer(b"[]", 422), ProviderRejected, "422"),
        (Answer(b"", 302, headers={"Location": "http://127.0.0.1:9/"}), ProviderRejected, "302"),
        (Answer(b'{"base64img": ""}'), InvalidProviderResponse, "no picture"),
    ],
)
def test_an_answer_that_would_be_the_same_again_is_asked_for_once(
    server: VendorServer,
    photoroom: Photoroom,
    answer: Answer,
    error: type[ShowroomError],
    words: str,
) -> None:
    server.always(answer)
    with pytest.raises(error, match=words) as raised:
        photoroom.segment(b"picture", {})
    assert len(server.calls) == 1
    assert "secret-key" not in str(raised.value)


def test_the_same_picture_is_paid_for_once_also_after_a_kill(
    server: VendorServer,
    new_remover: Callable[[], PhotoroomBackgroundRemover],
    make_picture: MakePicture,
) -> None:
    picture = make_picture(200, 150)
    first = new_remover().cut_out(picture)
    again = new_remover().cut_out(picture)
    assert len(server.calls) == 1
    assert again.cutout == first.cutout
    assert (first.made_by.cost_usd, again.made_by.cost_usd) == (SEGMENT_COST_USD, 0.0)


def test_the_same_scene_is_paid_for_once_and_another_again(
    server: VendorServer, new_scenes: Callable[[], PhotoroomSceneModel]
) -> None:
    other = [
        Scene("real", "on a beach", 320, 240, 0.12, "webp", 90, 8),
        Scene("real", "in a wood", 320, 240, 0.12, "webp", 90, 7),
        Scene("real", "on a beach", 240, 240, 0.12, "webp", 90, 7),
        Scene("real", "on a beach", 320, 240, 0.2, "webp", 90, 7),
    ]
    # How it is encoded is our own matter.
    smaller = Scene("real", "on a beach", 320, 240, 0.12, "jpeg", 50, 7)
    for scene in [SCENE, *other, SCENE, smaller]:
        new_scenes().place(b"cutout", scene)
    assert len(server.calls) == 5
    assert new_scenes().place(b"cutout", smaller).made_by.cost_usd == 0.0


WRONG = {
    "no alpha": png(Image.new("RGB", (200, 150))),
    "another size": cut_ellipse(Image.new("RGB", (199, 150))),
    "damaged": cut_ellipse(Image.new("RGB", (200, 150)))[:-60],
    "no picture": b"\x89PNG and no more",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_cutout_that_cannot_be_used_is_not_kept(
    server: VendorServer,
    remover: PhotoroomBackgroundRemover,
    make_picture: MakePicture,
    wrong: bytes,
) -> None:
    picture = make_picture(200, 150)
    server.then(photoroom_picture(wrong))
    with pytest.raises(InvalidProviderResponse, match="Photoroom: what came back is"):
        remover.cut_out(picture)
    assert remover.cut_out(picture).made_by.cost_usd == SEGMENT_COST_USD
    assert len(server.calls) == 2


@pytest.mark.parametrize("wrong", [png(Image.new("RGB", (321, 240))), b"\x89PNG and no more"])
def test_a_scene_that_cannot_be_used_is_not_kept(
    server: VendorServer, scenes: PhotoroomSceneModel, wrong: bytes
) -> None:
    server.then(photoroom_picture(wrong))
    with pytest.raises(InvalidProviderResponse, match="Photoroom: what came back is"):
        scenes.place(b"cutout", SCENE)
    assert scenes.place(b"cutout", SCENE).made_by.cost_usd == EDIT_COST_USD
    assert len(server.calls) == 2


def test_a_picture_without_a_product_is_refused_and_not_paid_for_again(
    server: VendorServer, remover: PhotoroomBackgroundRemover, make_picture: MakePicture
) -> None:
    server.always(photoroom_picture(png(Image.new("RGBA", (200, 150)))))
    for _ in range(2):
        with pytest.raises(EmptyMask):
            remover.cut_out(make_picture(200, 150))
    assert len(server.calls) == 1


def test_a_picture_that_is_none_costs_nothing_but_the_call(
    server: VendorServer, remover: PhotoroomBackgroundRemover
) -> None:
    server.always(photoroom_picture(cut_ellipse(Image.new("RGB", (20, 15)))))
    with pytest.raises(CorruptMedia):
        remover.cut_out(b"\xff\xd8\xff\xe0 and no more")


def test_many_threads_share_one_client_and_pay_for_each_picture_once(
    server: VendorServer, remover: PhotoroomBackgroundRemover, make_picture: MakePicture
) -> None:
    colors = ["red", "green", "blue", "white"]
    pictures = [
        make_picture(100 + 10 * position, 80, color) for position, color in enumerate(colors)
    ]
    with ThreadPoolExecutor(8) as threads:
        removed = list(threads.map(remover.cut_out, pictures * 4))
    assert [made.cutout.width_px for made in removed] == [100, 110, 120, 130] * 4
    assert len(server.calls) == 4
    paid = [made.made_by.cost_usd for made in removed]
    assert sorted(paid) == [0.0] * 12 + [SEGMENT_COST_USD] * 4
