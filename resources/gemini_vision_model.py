"""Views chosen by Gemini: frames in batches, answers as JSON that is checked before it counts."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import BaseModel, ValidationError

from media.errors import (
    InvalidProviderResponse,
    InvalidSetting,
    Moderated,
    ProviderRejected,
)
from media.product_views import ViewFrame
from media.provenance import Provenance
from media.vision_prompts import (
    ANSWER_SCHEMA,
    BatchAnswer,
    correction,
    frame_label,
    in_batches,
    instructions,
    merge_batches,
    names_so_far,
    read_answer,
)
from resources.paid_calls import (
    CallRate,
    NotNow,
    PaidCalls,
    Question,
    digest_of,
    retry_after_s,
)
from resources.vision_model import JudgedViews, VisionModel

if TYPE_CHECKING:
    from google.genai import Client
    from google.genai.errors import APIError
    from google.genai.types import GenerateContentResponse

BASE_URL = "https://generativelanguage.googleapis.com"
MODEL = "gemini-2.5-flash"
CALLS_PER_MINUTE = 10
"""What Google lets an unpaid key ask of its Flash models."""

_API_VERSION = "v1beta"
_TEMPERATURE = 0.2
_ASKED_AGAIN = 2
"""How often an answer that cannot be used is asked for again."""
_BUSY = frozenset({408, 429})
_BLOCKED = frozenset(
    {"SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "IMAGE_SAFETY"}
)


@dataclass(frozen=True)
class TokenPrice:
    """What a million tokens cost; a model's thoughts are output."""

    input_usd: float
    output_usd: float


PRICES = {
    "gemini-2.5-flash": TokenPrice(0.30, 2.50),
    "gemini-2.5-flash-lite": TokenPrice(0.10, 0.40),
    "gemini-2.5-pro": TokenPrice(1.25, 10.00),
}
"""Standard prices for requests of up to 200,000 tokens, ai.google.dev/gemini-api/docs/pricing."""


class GeminiVisionModel(VisionModel):
    """Asks Gemini; the same frames are paid for once. Close it to drop connections."""

    provider = "gemini"

    def __init__(
        self,
        api_key: str,
        paid: PaidCalls,
        *,
        model: str = MODEL,
        price: TokenPrice | None = None,
        base_url: str = "",
        timeout_s: float = 120.0,
        rate: CallRate | None = None,
    ) -> None:
        if price is None and model not in PRICES:
            raise InvalidSetting(f"the price of {model} is not known: set it with the model")
        self.model = model
        self.version = digest_of({"prompt": instructions(0), "schema": ANSWER_SCHEMA})[:8]
        self._price = price or PRICES[model]
        self._api_key = api_key
        self._base_url = base_url or BASE_URL
        self._paid = paid
        self._rate = rate or CallRate(CALLS_PER_MINUTE)
        self._timeout_ms = round(timeout_s * 1000)
        self._http = httpx.Client()

    def views(self, clip: str, frames: Sequence[ViewFrame], max_views: int) -> JudgedViews:
        """The views that Gemini sees; products are recognized from batch to batch by name."""
        started = time.monotonic()
        batches: list[tuple[Sequence[ViewFrame], BatchAnswer]] = []
        cost_usd, version = 0.0, self.version
        for batch in in_batches(frames):
            names = [product.name for _, answer in batches for product in answer.products]
            text = [names_so_far(dict.fromkeys(names))] if names else []
            judged, found = self._judge(clip, batch, instructions(max_views), text)
            batches.append((batch, read_answer(judged.text, len(batch))))
            cost_usd += 0.0 if found else judged.cost_usd
            version = f"{judged.model_version} {self.version}"
        made_by = Provenance(
            self.provider,
            self.model,
            version,
            cost_usd=cost_usd,
            seconds=time.monotonic() - started,
        )
        return JudgedViews(merge_batches(batches, max_views), made_by)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _judge(
        self, clip: str, frames: Sequence[ViewFrame], task: str, text: list[str]
    ) -> "tuple[_Kept, bool]":
        """What Gemini says of one batch, and whether it had said so before."""
        question: Question = {
            "model": self.model,
            "temperature": _TEMPERATURE,
            "schema": ANSWER_SCHEMA,
            "task": task,
            "text": text,
            "frames": [[frame.time_s, frame.data] for frame in frames],
        }
        answer, found = self._paid.once(
            self.provider, question, lambda: self._usable(clip, frames, task, text)
        )
        return _Kept.model_validate_json(answer), found

    def _usable(self, clip: str, frames: Sequence[ViewFrame], task: str, text: list[str]) -> bytes:
        """An answer that can be read; what cannot is asked for again, and paid for."""
        cost_usd, problem = 0.0, ""
        for _ in range(1 + _ASKED_AGAIN):
            said = [*text, correction(problem)] if problem else text
            try:
                response = self._rate.ask(partial(self._ask, frames, task, said))
            except InvalidProviderResponse as error:
                problem = str(error)
                continue
            cost_usd += self._cost_usd(response)
            if blocked := _why_blocked(response):
                raise Moderated(f"Gemini does not look at {clip}: {blocked}")
            answer = response.text or ""
            try:
                read_answer(answer, len(frames))
            except ValueError as error:
                problem = str(error)
                continue
            kept = _Kept(
                text=answer, cost_usd=cost_usd, model_version=response.model_version or self.model
            )
            return kept.model_dump_json().encode()
        raise InvalidProviderResponse(f"Gemini's answer cannot be used: {problem}")

    def _ask(
        self, frames: Sequence[ViewFrame], task: str, text: list[str]
    ) -> "GenerateContentResponse":
        """One request. Raises NotNow, ProviderRejected or InvalidProviderResponse."""
        from google.genai import errors, types

        parts = [types.Part.from_text(text=line) for line in text]
        for number, frame in enumerate(frames):
            parts.append(types.Part.from_text(text=frame_label(number, frame.time_s)))
            parts.append(types.Part.from_bytes(data=frame.data, mime_type="image/jpeg"))
        config = types.GenerateContentConfig(
            system_instruction=task,
            temperature=_TEMPERATURE,
            response_mime_type="application/json",
            response_json_schema=ANSWER_SCHEMA,
        )
        try:
            return self._client.models.generate_content(
                model=self.model,
                contents=types.Content(role="user", parts=parts),
                config=config,
            )
        except errors.APIError as error:
            raise _meaning_of(error) from error
        except (errors.UnknownApiResponseError, JSONDecodeError, ValidationError) as error:
            raise InvalidProviderResponse("it was not in the form of Gemini's answers") from error
        except httpx.TimeoutException as error:
            raise NotNow("Gemini did not answer in time") from error
        except httpx.TransportError as error:
            raise NotNow(f"Gemini cannot be reached: {error}") from error

    @cached_property
    def _client(self) -> "Client":
        from google import genai

        # Everything is said here, since what is not would be read from the environment. Tries
        # are ours: the client's own do not heed the hints of the service.
        return genai.Client(
            vertexai=False,
            api_key=self._api_key,
            http_options=genai.types.HttpOptions(
                base_url=self._base_url,
                api_version=_API_VERSION,
                timeout=self._timeout_ms,
                httpx_client=self._http,
            ),
        )

    def _cost_usd(self, response: "GenerateContentResponse") -> float:
        usage = response.usage_metadata
        if usage is None:
            return 0.0
        output = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)
        asked = usage.prompt_token_count or 0
        return (asked * self._price.input_usd + output * self._price.output_usd) / 1_000_000


class _Kept(BaseModel):
    """What is kept of the answer to one batch."""

    text: str
    cost_usd: float
    model_version: str


def _why_blocked(response: "GenerateContentResponse") -> str | None:
    """Why the service's rules kept it from answering; None when they did not."""
    feedback = response.prompt_feedback
    if feedback and feedback.block_reason:
        return feedback.block_reason_message or feedback.block_reason.value
    for candidate in response.candidates or []:
        reason = candidate.finish_reason
        if reason and reason.value in _BLOCKED:
            return candidate.finish_message or reason.value
    return None


def _meaning_of(error: "APIError") -> NotNow | ProviderRejected:
    """An error that Google answered with: come again, or never."""
    message = error.message or error.status or "no reason given"
    if error.code in _BUSY or error.code >= 500:
        return NotNow(f"Gemini is not able to work now ({error.code}): {message}", _hint_s(error))
    return ProviderRejected(f"Gemini does not work for us ({error.code}): {message}")


def _hint_s(error: "APIError") -> float | None:
    """When to come again: the Retry-After header, or google.rpc.RetryInfo in the body."""
    headers = getattr(error.response, "headers", {})
    hint_s = retry_after_s(headers.get("retry-after"))
    if hint_s is not None:
        return hint_s
    for detail in _details(error.details):
        if str(detail.get("@type", "")).endswith("google.rpc.RetryInfo"):
            return retry_after_s(str(detail.get("retryDelay", "")).removesuffix("s"))
    return None


def _details(record: Any) -> list[dict[str, Any]]:
    """The details of an error of Google's; none for a body of any other form."""
    details = record.get("error", {}).get("details", []) if isinstance(record, dict) else []
    return [detail for detail in details if isinstance(detail, dict)]
