"""Gemini over HTTP: what is sent, what is made of the answer, and every way it can go wrong."""

import base64
import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, get_args

import pytest

from media.errors import (
    InvalidProviderResponse,
    InvalidSetting,
    Moderated,
    ProviderRejected,
    ProviderUnavailable,
)
from media.product_views import OBSTRUCTIONS, BackgroundAdvice, ProductView, ViewFrame
from media.vision_prompts import ANSWER_SCHEMA, Obstruction
from resources import gemini_vision_model
from resources.gemini_vision_model import GeminiVisionModel, TokenPrice
from resources.object_store import ObjectStore
from resources.paid_calls import CallRate, PaidCalls
from resources.settings import Settings
from tests.resources.vendor_servers import (
    Answer,
    Call,
    VendorServer,
    gemini_answer,
    gemini_blocked,
    gemini_error,
    gemini_stopped,
)

NewModel = Callable[..., GeminiVisionModel]

BACKGROUNDS = {
    "solid_color": "#F0E0D0",
    "real_life_setting": "on a desk by a window",
    "creative_shot": "floating above blue silk",
}
COST_USD = (1000 * 0.30 + 200 * 2.50) / 1_000_000
"""Of one answer as `gemini_answer` makes them."""


def variant(frame: int, view: str = "front", quality: int = 60, **fields: Any) -> dict[str, Any]:
    return {
        "frame": frame,
        "view": view,
        "kind": "angle",
        "quality": quality,
        "obstructions": [],
        "rotation_deg": 0.0,
        "is_hero": True,
    } | fields


def product(*variants: dict[str, Any], name: str = "Desk lamp", **fields: Any) -> dict[str, Any]:
    return {"name": name, "backgrounds": BACKGROUNDS, "variants": list(variants)} | fields


def frames(count: int, first: int = 100, size: int = 8) -> list[ViewFrame]:
    """Frames whose numbers in the clip are not those in a batch."""
    return [
        ViewFrame(first + 10 * place, place / 2, 20.0, b"\xff\xd8" + bytes([place % 256]) * size)
        for place in range(count)
    ]


@pytest.fixture
def server() -> Iterator[VendorServer]:
    """A Gemini that sees a lamp in the first frame of whatever it is shown."""
    with VendorServer() as made:
        yield made.always(gemini_answer([product(variant(0))]))


@pytest.fixture
def new_model(server: VendorServer, settings: Settings) -> Iterator[NewModel]:
    """Makes models that share nothing but the store, as runs do."""
    made: list[GeminiVisionModel] = []

    def make(**options: Any) -> GeminiVisionModel:
        paid = PaidCalls(ObjectStore.from_settings(settings))
        rate = CallRate(1000, first_wait_s=0.001, longest_wait_s=0.5)
        options.setdefault("base_url", server.url)
        options.setdefault("timeout_s", 30.0)
        options["rate"] = rate
        made.append(GeminiVisionModel("secret-key", paid, **options))
        return made[-1]

    yield make
    for model in made:
        model.close()


@pytest.fixture
def model(new_model: NewModel) -> GeminiVisionModel:
    """Such a model."""
    return new_model()


def texts(call: Call) -> list[str]:
    return [part["text"] for part in call.json["contents"][0]["parts"] if "text" in part]


def test_frames_are_sent_as_jpeg_with_number_and_time_and_the_schema(
    server: VendorServer, model: GeminiVisionModel
) -> None:
    shown = frames(3)
    model.views("lamp.mp4", shown, 4)
    (call,) = server.calls
    assert call.path == "/v1beta/models/gemini-2.5-flash:generateContent"
    assert call.headers["x-goog-api-key"] == "secret-key"
    assert texts(call) == ["Frame 0, at 0.00 s:", "Frame 1, at 0.50 s:", "Frame 2, at 1.00 s:"]
    images = [part["inlineData"] for part in call.json["contents"][0]["parts"][1::2]]
    # Google takes names in either case, and either alphabet of base64.
    assert [image["mime_type"] for image in images] == ["image/jpeg"] * 3
    sent = [base64.urlsafe_b64decode(image["data"]) for image in images]
    assert sent == [frame.data for frame in shown]
    config = call.json["generationConfig"]
    assert config["temperature"] == 0.2
    assert config["responseMimeType"] == "application/json"
    assert config["responseJsonSchema"] == ANSWER_SCHEMA
    task = call.json["systemInstruction"]["parts"][0]["text"]
    assert "at most 4 frames" in task
    assert all(name in task for name in OBSTRUCTIONS)


def test_the_answer_becomes_views(server: VendorServer, model: GeminiVisionModel) -> None:
    seen = variant(
        1, "base, from close up", 81, obstructions=["hand", "hand", "cord"], rotation_deg=-3.5
    )
    server.then(gemini_answer([product(variant(2, quality=70, is_hero=False), seen)]))
    judged = model.views("lamp.mp4", frames(3), 5)
    advice = BackgroundAdvice("#f0e0d0", "on a desk by a window", "floating above blue silk")
    assert judged.views == (
        ProductView(
            110, "Desk lamp", "base, from close up", 81, ("hand", "cord"), -3.5, advice, True
        ),
        ProductView(120, "Desk lamp", "front", 70, (), 0.0, advice, False),
    )
    made_by = judged.made_by
    assert (made_by.provider, made_by.model) == ("gemini", "gemini-2.5-flash")
    assert made_by.version == f"gemini-2.5-flash-001 {model.version}"
    assert made_by.cost_usd == pytest.approx(COST_USD)
    assert made_by.seconds > 0


def test_no_products_are_no_views_and_no_frames_are_no_call(
    server: VendorServer, model: GeminiVisionModel
) -> None:
    assert model.views("wall.mp4", [], 5).views == ()
    assert server.calls == []
    server.then(gemini_answer([]))
    assert model.views("wall.mp4", frames(2), 5).views == ()


def test_a_clip_goes_in_batches_and_products_meet_by_name(
    server: VendorServer, model: GeminiVisionModel
) -> None:
    server.then(
        gemini_answer(
            [
                product(variant(0, "front", 60), variant(1, "back", 50, is_hero=False)),
                product(variant(2, "top", 55), name="Mug"),
            ]
        ),
        gemini_answer([product(variant(3, " Front", 90), name="desk  LAMP")]),
        gemini_answer([product(variant(1, "side", 70, is_hero=False), name="Desk lamp")]),
    )
    shown = frames(65)
    judged = model.views("lamp.mp4", shown, 2)
    assert [len(call.json["contents"][0]["parts"]) // 2 for call in server.calls] == [30, 30, 5]
    assert "Frame 29, at 29.50 s:" in texts(server.calls[1])[-1]
    assert "Desk lamp; Mug" in texts(server.calls[1])[0]
    assert "Desk lamp; Mug; desk  LAMP" in texts(server.calls[2])[0]
    assert [(view.product, view.view, view.quality, view.is_hero) for view in judged.views] == [
        ("Desk lamp", "Front", 90, True),
        ("Desk lamp", "side", 70, False),
        ("Mug", "top", 55, True),
    ]
    assert [view.frame for view in judged.views] == [
        shown[33].frame,
        shown[61].frame,
        shown[2].frame,
    ]
    assert judged.made_by.cost_usd == pytest.approx(3 * COST_USD)


def test_a_batch_never_holds_more_than_a_request_may(
    server: VendorServer, model: GeminiVisionModel
) -> None:
    model.views("large.mp4", frames(4, size=6_000_000), 5)
    assert [len(texts(call)) for call in server.calls] == [2, 3]
    assert all(len(call.body) < 20_000_000 for call in server.calls)


@pytest.mark.parametrize(
    ("variants", "expected"),
    [
        # The better frame of a view; of two that are equal, the first.
        ([variant(0, quality=60), variant(1, quality=61)], [(110, "front")]),
        ([variant(1), variant(0)], [(100, "front")]),
        # A frame stands for one view.
        ([variant(0, "front", 80), variant(0, "logo", 70)], [(100, "front")]),
        # The hero is kept, also when it is the worst of all.
        (
            [
                variant(0, "a", 90, is_hero=False),
                variant(1, "b", 80, is_hero=False),
                variant(2, "c", 10),
            ],
            [(120, "c"), (100, "a")],
        ),
    ],
)
def test_of_each_product_the_best_views_are_kept(
    server: VendorServer,
    model: GeminiVisionModel,
    variants: list[dict[str, Any]],
    expected: Sequence[tuple[int, str]],
) -> None:
    server.then(gemini_answer([product(*variants)]))
    judged = model.views("lamp.mp4", frames(3), 2)
    assert [(view.frame, view.view) for view in judged.views] == list(expected)
    assert [view.is_hero for view in judged.views] == [True] + [False] * (len(expected) - 1)


UNUSABLE = {
    "no JSON": "I see a lamp.",
    "half of it": json.dumps({"products": [product(variant(0))]})[:-20],
    "nothing": "",
    "another shape": '{"items": []}',
    "no views": [product()],
    "a frame nobody sent": [product(variant(3))],
    "a frame below the first": [product(variant(-1))],
    "leaning too far": [product(variant(0, rotation_deg=46))],
    "too good": [product(variant(0, quality=101))],
    "an obstruction of its own": [product(variant(0, obstructions=["cat"]))],
    "a colour by name": [product(variant(0), backgrounds=BACKGROUNDS | {"solid_color": "red"})],
    "a product without a name": [product(variant(0), name=" ")],
    "a speech": [product(variant(0), backgrounds=BACKGROUNDS | {"creative_shot": "x" * 301})],
}


@pytest.mark.parametrize("unusable", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_an_answer_that_cannot_be_used_is_asked_for_again_and_its_cost_counts(
    server: VendorServer, model: GeminiVisionModel, unusable: object
) -> None:
    server.then(gemini_answer(unusable))
    judged = model.views("lamp.mp4", frames(3), 5)
    assert [view.frame for view in judged.views] == [100]
    first, second = server.calls
    assert texts(second)[0].startswith("An earlier answer could not be used: ")
    assert texts(second)[1:] == texts(first)
    assert judged.made_by.cost_usd == pytest.approx(2 * COST_USD)


@pytest.mark.parametrize(
    "answer",
    [
        gemini_answer("I see a lamp."),
        gemini_stopped("MAX_TOKENS"),
        Answer(b"{}"),
        Answer(b"<html>hello</html>", content_type="text/html"),
        Answer(b'{"candidates": "many"}'),
    ],
)
def test_after_three_answers_that_cannot_be_used_it_ends_and_nothing_is_kept(
    server: VendorServer, new_model: NewModel, answer: Answer
) -> None:
    server.then(answer, answer, answer)
    with pytest.raises(InvalidProviderResponse, match="cannot be used: "):
        new_model().views("lamp.mp4", frames(2), 5)
    assert len(server.calls) == 3
    assert new_model().views("lamp.mp4", frames(2), 5).views
    assert len(server.calls) == 4


@pytest.mark.parametrize(
    "blocked",
    [
        gemini_blocked(),
        gemini_blocked("PROHIBITED_CONTENT"),
        gemini_stopped("SAFETY"),
        gemini_stopped("SPII"),
    ],
)
def test_what_gemini_does_not_look_at_is_refused_at_once(
    server: VendorServer, model: GeminiVisionModel, blocked: Answer
) -> None:
    server.always(blocked)
    with pytest.raises(Moderated, match=r"does not look at lamp\.mp4"):
        model.views("lamp.mp4", frames(2), 5)
    assert len(server.calls) == 1


BUSY = {
    "429": gemini_error(429, "RESOURCE_EXHAUSTED"),
    "429 with RetryInfo": gemini_error(429, "RESOURCE_EXHAUSTED", retry_delay="0.05s"),
    "429 with a header": Answer(b"slow down", 429, "text/plain", {"Retry-After": "0.05"}),
    "a list": Answer(b'[{"error": {"code": 429}}]', 429),
    "500": gemini_error(500, "INTERNAL"),
    "503": gemini_error(503, "UNAVAILABLE", "The model is overloaded."),
    "cut off": Answer(b'{"candidates": []}' + b" " * 1000, cut_off=True),
}


@pytest.mark.parametrize("busy", BUSY.values(), ids=BUSY.keys())
def test_a_busy_gemini_is_asked_the_same_again(
    server: VendorServer, model: GeminiVisionModel, busy: Answer
) -> None:
    server.then(busy, busy)
    judged = model.views("lamp.mp4", frames(2), 5)
    assert len(judged.views) == 1
    assert len(server.calls) == 3
    assert len({call.body for call in server.calls}) == 1
    assert judged.made_by.cost_usd == pytest.approx(COST_USD)


@pytest.mark.parametrize("busy", BUSY.values(), ids=BUSY.keys())
def test_after_three_tries_gemini_is_unavailable(
    server: VendorServer, model: GeminiVisionModel, busy: Answer
) -> None:
    server.always(busy)
    with pytest.raises(ProviderUnavailable, match="Gemini"):
        model.views("lamp.mp4", frames(2), 5)
    assert len(server.calls) == 3


def test_a_quota_that_comes_back_tomorrow_is_not_waited_for(
    server: VendorServer, model: GeminiVisionModel
) -> None:
    server.always(gemini_error(429, "RESOURCE_EXHAUSTED", "quota", retry_delay="36720s"))
    with pytest.raises(ProviderUnavailable, match="quota"):
        model.views("lamp.mp4", frames(2), 5)
    assert len(server.calls) == 1


def test_an_answer_that_does_not_come_is_waited_for_as_long_as_allowed(
    server: VendorServer, new_model: NewModel
) -> None:
    impatient = new_model(timeout_s=0.2)
    server.then(server.silence(), server.silence())
    assert impatient.views("lamp.mp4", frames(2), 5).views
    server.always(server.silence())
    with pytest.raises(ProviderUnavailable, match="in time"):
        impatient.views("other.mp4", frames(3), 5)
    assert len(server.calls) == 6


def test_a_server_that_is_not_there_is_unavailable(new_model: NewModel) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        model = new_model(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ProviderUnavailable, match="cannot be reached"):
            model.views("lamp.mp4", frames(2), 5)


@pytest.mark.parametrize(
    "answer",
    [
        gemini_error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
        gemini_error(401, "UNAUTHENTICATED", "who are you"),
        gemini_error(403, "PERMISSION_DENIED", "not enabled"),
        gemini_error(404, "NOT_FOUND", "models/gemini-0 is not found"),
    ],
)
def test_a_gemini_that_does_not_work_for_us_is_asked_once(
    server: VendorServer, model: GeminiVisionModel, answer: Answer
) -> None:
    server.always(answer)
    message = json.loads(answer.body)["error"]["message"]
    with pytest.raises(ProviderRejected) as raised:
        model.views("lamp.mp4", frames(2), 5)
    assert message in str(raised.value)
    assert "secret-key" not in str(raised.value)
    assert len(server.calls) == 1


def test_the_same_frames_are_paid_for_once_also_after_a_kill(
    server: VendorServer, new_model: NewModel
) -> None:
    first = new_model().views("lamp.mp4", frames(40), 5)
    again = new_model().views("renamed.mp4", frames(40), 5)
    assert len(server.calls) == 2
    assert again.views == first.views
    assert again.made_by.version == first.made_by.version
    assert first.made_by.cost_usd == pytest.approx(2 * COST_USD)
    assert again.made_by.cost_usd == 0


def test_a_clip_that_was_killed_half_way_goes_on_where_it_was(
    server: VendorServer, new_model: NewModel
) -> None:
    server.then(gemini_answer([product(variant(0))]), gemini_error(403, "PERMISSION_DENIED"))
    with pytest.raises(ProviderRejected):
        new_model().views("lamp.mp4", frames(40), 5)
    judged = new_model().views("lamp.mp4", frames(40), 5)
    assert len(server.calls) == 3
    assert judged.made_by.cost_usd == pytest.approx(COST_USD)


def test_other_frames_another_model_and_other_wishes_are_asked_for(
    server: VendorServer, new_model: NewModel
) -> None:
    new_model().views("lamp.mp4", frames(2), 5)
    new_model().views("lamp.mp4", frames(3), 5)
    new_model().views("lamp.mp4", frames(2), 4)
    new_model(model="gemini-2.5-pro").views("lamp.mp4", frames(2), 5)
    assert len(server.calls) == 4
    assert "gemini-2.5-pro" in server.calls[3].path


def test_the_price_is_the_models_or_the_one_that_is_set(new_model: NewModel) -> None:
    pro = new_model(model="gemini-2.5-pro").views("lamp.mp4", frames(1), 5)
    assert pro.made_by.cost_usd == pytest.approx((1000 * 1.25 + 200 * 10) / 1_000_000)
    own = new_model(model="gemini-9", price=TokenPrice(1, 2)).views("lamp.mp4", frames(1), 5)
    assert own.made_by.cost_usd == pytest.approx(1400 / 1_000_000)
    with pytest.raises(InvalidSetting, match="gemini-9"):
        new_model(model="gemini-9")


def test_the_environment_changes_nothing(
    server: VendorServer, new_model: NewModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "GEMINI_API_KEY": "other-key",
        "GOOGLE_API_KEY": "other-key",
        "GOOGLE_GENAI_USE_VERTEXAI": "true",
        "GOOGLE_GENAI_API_VERSION": "v9",
        "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    new_model().views("lamp.mp4", frames(1), 5)
    (call,) = server.calls
    assert call.path == "/v1beta/models/gemini-2.5-flash:generateContent"
    assert call.headers["x-goog-api-key"] == "secret-key"


def test_clips_are_judged_by_several_threads_at_once(
    server: VendorServer, model: GeminiVisionModel
) -> None:
    everyone = threading.Barrier(4, timeout=30)

    def when_all_have_asked(_: Call) -> Answer:
        everyone.wait()
        return gemini_answer([product(variant(0))])

    server.always(when_all_have_asked)
    clips = [frames(2, first=1000 * number) for number in range(1, 5)]
    shown = [
        [ViewFrame(each.frame, each.time_s, each.sharpness, each.data + bytes([number]))]
        for number, (each, *_) in enumerate(clips)
    ]
    with ThreadPoolExecutor(4) as threads:
        judged = list(threads.map(lambda clip: model.views("clip", clip, 5), shown))
    assert [each.views[0].frame for each in judged] == [1000, 2000, 3000, 4000]


def test_what_may_be_in_the_way_is_the_same_everywhere() -> None:
    assert get_args(Obstruction) == OBSTRUCTIONS


def test_the_schema_says_nothing_that_gemini_does_not_know() -> None:
    known = {
        *("$defs", "$ref", "type", "title", "description", "enum", "items", "minItems"),
        *("minimum", "maximum", "properties", "required"),
    }

    def check(schema: object, names: bool = False) -> None:
        if isinstance(schema, dict):
            assert names or schema.keys() <= known
            for key, value in schema.items():
                check(value, names=not names and key in ("properties", "$defs"))

    check(ANSWER_SCHEMA)


def test_definitions_do_not_load_the_client() -> None:
    assert "google" not in vars(gemini_vision_model)
