"""The garments there are; parameters, prompts, drawings and ateliers speak of these."""

GARMENTS = (
    *("dress", "blouse", "shirt", "t-shirt", "top", "sweater", "cardigan", "hoodie"),
    *("jacket", "blazer", "coat", "skirt", "trousers", "jeans", "shorts", "jumpsuit"),
)
TOTAL_LOOK = "total_look"
"""An upper and a lower garment together."""
