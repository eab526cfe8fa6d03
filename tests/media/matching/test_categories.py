"""Categories: what shops call garments, in several languages, and what ateliers cover."""

import pytest

from media.garments.vocabulary import GARMENTS, TOTAL_LOOK
from media.matching.categories import garment_of, garments_of, makes


@pytest.mark.parametrize("garment", GARMENTS)
def test_every_garment_is_itself_in_singular_plural_and_any_case(garment: str) -> None:
    plural = garment if garment.endswith("s") and garment != "dress" else f"{garment}s"
    plural = "dresses" if garment == "dress" else plural
    for text in (garment, plural, garment.upper(), f" {plural.title()} "):
        assert garment_of(text) == garment


@pytest.mark.parametrize(
    ("text", "garment"),
    [
        ("Women > Dresses > Midi", "dress"),
        ("Apparel & Accessories > Clothing > Shirts & Tops", "shirt"),
        ("Women \u203a Tops \u203a Hoodies & Sweatshirts", "hoodie"),
        ("Women|Coats", "coat"),
        ("T-Shirts/Tops", "t-shirt"),
        ("Tops & Blouses", "blouse"),
        ("Coats & Jackets", "coat"),
        ("MEN'S T-SHIRTS", "t-shirt"),
        ("chinos", "trousers"),
        ("Dress pants", "trousers"),
        ("Outerwear", "coat"),
        ("Knitwear", "sweater"),
        ("Bridal", "dress"),
        ("Suits", "blazer"),
        ("Denim", "jeans"),
        ("Denim jacket", "jacket"),
    ],
)
def test_categories_of_english_shops(text: str, garment: str) -> None:
    assert garment_of(text) == garment


@pytest.mark.parametrize(
    ("text", "garment"),
    [
        ("shirt dress", "dress"),
        ("dress shirt", "shirt"),
        ("sweater dress", "dress"),
        ("a short red dress with lace sleeves and a jacket", "dress"),
        ("for my wedding, a white gown", "dress"),
        ("a skirt of the fabric of a coat", "skirt"),
        ("Robe chemise en lin", "dress"),
        ("veste en jean", "jacket"),
        ("Falda vaquera", "skirt"),
    ],
)
def test_of_several_garments_the_one_that_is_meant(text: str, garment: str) -> None:
    assert garment_of(text) == garment


@pytest.mark.parametrize(
    ("garment", "texts"),
    [
        ("dress", "Robe, Robes, Kleid, Sommerkleider, Vestido, vestidos, Abito da sposa, Vestiti"),
        ("blouse", "Chemisier, Blusen, Seidenbluse, blusa, Camicette"),
        ("shirt", "Chemise, Hemden, Freizeithemd, Camisas, Camicie"),
        ("t-shirt", "Tee-shirt, T-Shirts, camisetas, Magliette"),
        ("sweater", "Pull, Pullover, Wollpulli, Suéter, Maglioni"),
        ("cardigan", "Strickjacke, Damenstrickjacken, Cardigans, rebeca"),
        ("hoodie", "Sweat à capuche, Kapuzenpullover, Sudadera con capucha, Felpa con cappuccio"),
        ("jacket", "Vestes, Lederjacken, Chaquetas, Giacche"),
        ("blazer", "Blazers, Sakkos, Herrensakko, Tailleur"),
        ("coat", "Manteaux, Mäntel, Wintermantel, Abrigos, Cappotti"),
        ("skirt", "Jupes, Röcke, Faltenrock, Faldas, Gonne"),
        ("trousers", "Pantalons, Hosen, Stoffhose, Pantalones, Pantaloni"),
        ("jeans", "Jean, Jeanshosen, Vaqueros, Pantalones vaqueros"),
        ("shorts", "Short, Short en lin, Kurze Hosen, Pantalones cortos, Pantaloncini"),
        ("jumpsuit", "Combinaison, Latzhose, Overall, Monos, Tuta"),
    ],
)
def test_french_german_spanish_and_italian(garment: str, texts: str) -> None:
    assert {text: garment_of(text) for text in texts.split(", ")} == dict.fromkeys(
        texts.split(", "), garment
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", " > / ", "Clothing", "dress shoes", "Coat hangers", "Handbags", "Unterhosen"),
        *(
            "Strumpfhose",
            "Bathrobe",
            "robe de chambre",
            "those",
            "whose",
            "Home & kitchen",
            "top hat",
        ),
    ],
)
def test_what_is_no_garment_is_none(text: str) -> None:
    assert garment_of(text) is None


@pytest.mark.parametrize(
    ("text", "garments"),
    [
        ("Outerwear", {"coat", "jacket"}),
        ("Blouses and skirts", {"blouse", "skirt"}),
        ("Jupes et robes", {"skirt", "dress"}),
        ("Women > Tailoring", {"blazer", "coat", "jacket", "trousers"}),
        ("Wedding dresses & veils", {"dress"}),
        ("Bespoke dresses", {"dress"}),
        ("Shoes", set()),
        ("Haute couture", {*GARMENTS, TOTAL_LOOK}),
    ],
)
def test_what_a_category_of_an_atelier_covers(text: str, garments: set[str]) -> None:
    assert garments_of(text) == garments


@pytest.mark.parametrize(
    ("category", "categories", "expected"),
    [
        ("jacket", ["Outerwear"], True),
        ("dress", ["coats", "Evening gowns"], True),
        ("dress", ["coats", "shirts"], False),
        ("dress", [], False),
        (TOTAL_LOOK, ["blouses", "skirts"], True),
        (TOTAL_LOOK, ["blouses", "coats"], False),
        (TOTAL_LOOK, ["bespoke"], True),
        ("corset", ["Corset", "dresses"], True),
    ],
)
def test_who_makes_what(category: str, categories: list[str], *, expected: bool) -> None:
    assert makes(category, categories) is expected
