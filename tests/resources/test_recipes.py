"""Recipes: the same options are the same recipe, any other option is another."""

import pytest

from media.presets import select_presets
from media.variants import VariantSet
from media.watermarks import ImageWatermark, TextWatermark
from resources.earlier_work import recipe_of


@pytest.mark.parametrize(
    "changed",
    [
        VariantSet(select_presets(["sm"]), enlarge=True),
        VariantSet(select_presets(["sm"], quality=84)),
        VariantSet(select_presets(["sm", "md"])),
        VariantSet(select_presets(["sm"]), watermark=TextWatermark("a")),
        VariantSet(select_presets(["sm"]), watermark=TextWatermark("a", font=b"1")),
        VariantSet(select_presets(["sm"]), watermark=ImageWatermark(b"1")),
        VariantSet(select_presets(["sm"]), watermark=ImageWatermark(b"2")),
    ],
)
def test_a_recipe_changes_with_every_option(changed: VariantSet) -> None:
    plain = VariantSet(select_presets(["sm"]))
    watermarked = VariantSet(select_presets(["sm"]), watermark=TextWatermark("b"))
    recipes = {recipe_of("render", options) for options in (plain, watermarked, changed)}
    assert len(recipes) == 3
    assert recipe_of("render", VariantSet(select_presets(["sm"]))) == recipe_of("render", plain)
    assert recipe_of("render_other", plain) not in recipes
