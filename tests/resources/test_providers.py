"""Which provider is chosen, and why."""

import pytest
from pydantic import SecretStr

from media.errors import InvalidSetting
from resources.deployments import Deployment
from resources.providers import Providers
from resources.settings import Settings


def providers(deployment: Deployment, **changed: object) -> Providers:
    settings: Settings = deployment.settings.model_copy(update=changed)
    return Providers(settings, deployment.store, deployment.workers)


def test_without_keys_everything_is_done_here(deployment: Deployment) -> None:
    chosen = providers(deployment)
    for choice in (chosen.vision_model, chosen.background_remover, chosen.scene_model):
        assert choice.part.provider == "offline"
        assert "_API_KEY is not set" in choice.why


def test_a_key_is_enough_for_a_service_to_be_chosen(deployment: Deployment) -> None:
    chosen = providers(deployment, gemini_api_key=SecretStr("g"), photoroom_api_key=SecretStr("p"))
    assert chosen.vision_model.part.provider == "gemini"
    assert chosen.background_remover.part.provider == "photoroom"
    assert chosen.scene_model.part.provider == "photoroom"
    assert chosen.scene_model.why == "SHOWROOM_PHOTOROOM_API_KEY is set"


def test_a_provider_can_be_named_against_its_key(deployment: Deployment) -> None:
    chosen = providers(deployment, photoroom_api_key=SecretStr("p"), background_remover="offline")
    assert chosen.background_remover.part.provider == "offline"
    assert chosen.background_remover.why == "SHOWROOM_BACKGROUND_REMOVER=offline"
    assert chosen.scene_model.part.provider == "photoroom"


def test_naming_a_service_without_its_key_is_said_before_anything_runs(
    deployment: Deployment,
) -> None:
    with pytest.raises(InvalidSetting, match="vision_model".upper() + "=gemini needs SHOWROOM_GEM"):
        _ = providers(deployment, vision_model="gemini").vision_model


def test_a_model_without_a_known_price_needs_one(deployment: Deployment) -> None:
    settings = {"gemini_api_key": SecretStr("g"), "gemini_model": "gemini-9-ultra"}
    with pytest.raises(InvalidSetting, match="price"):
        _ = providers(deployment, **settings).vision_model
    priced = providers(deployment, **settings, gemini_input_usd=1.0, gemini_output_usd=2.0)
    assert priced.vision_model.part.model == "gemini-9-ultra"
