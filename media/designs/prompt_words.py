"""What the fields of a brief mean in the language of fashion photography."""

OCCASION_PHRASES = {
    "everyday": "easy everyday wear",
    "work": "polished office wear",
    "party": "festive cocktail party look",
    "evening": "elegant evening wear",
    "wedding": "refined wedding attire",
    "beach": "breezy seaside resort wear",
    "sport": "functional athletic wear",
    "travel": "comfortable crease-resistant travel wear",
    "formal": "formal black-tie elegance",
    "festival": "free-spirited festival style",
}
SILHOUETTE_PHRASES = {
    "fitted": "body-skimming fitted silhouette",
    "a-line": "A-line silhouette flaring gently from the waist",
    "straight": "clean straight column silhouette",
    "oversized": "relaxed oversized silhouette with dropped shoulders",
    "empire": "empire silhouette with a raised waistline",
    "mermaid": "mermaid silhouette, fitted to the knee then flaring",
    "ball-gown": "ball-gown silhouette, fitted bodice and full skirt",
    "wrap": "wrap silhouette tied at the waist",
}
BODY_PHRASES = {
    "petite": "proportioned beautifully for a petite figure",
    "tall": "proportioned beautifully for a tall figure",
    "slim": "cut to flatter a slender figure",
    "curvy": "cut to celebrate a curvy figure",
    "plus": "designed for a plus-size figure, confident and flattering",
    "athletic": "cut to flatter an athletic figure",
}
BUDGET_PHRASES = {
    "modest": "honest affordable materials, simple clean finish",
    "middle": "good-quality contemporary materials, neat finish",
    "fine": "premium natural materials, refined designer finish",
    "luxury": "sumptuous couture materials, exquisite hand finishing",
}
LENGTH_PHRASES = {
    "cropped": "cropped length",
    "mini": "mini length above the knee",
    "knee": "knee length",
    "midi": "midi length at mid-calf",
    "maxi": "floor-sweeping maxi length",
}
FABRIC_PHRASES = {
    "cotton": "crisp woven cotton",
    "linen": "breathable slubbed linen",
    "satin": "fluid lustrous satin",
    "velvet": "plush light-catching velvet",
    "denim": "indigo twill denim",
    "leather": "supple smooth leather",
    "wool": "fine brushed wool",
    "tweed": "textured bouclé tweed",
    "knit": "soft visible knit",
    "lace": "delicate floral lace",
    "tulle": "airy layered tulle",
    "chiffon": "floating sheer chiffon",
    "sequin": "shimmering sequins",
    "corduroy": "ridged corduroy",
    "jersey": "soft draping jersey",
    "crepe": "matte flowing crêpe",
}
PATTERN_PHRASES = {
    "stripes": "even vertical stripes",
    "horizontal stripes": "horizontal Breton stripes",
    "pinstripes": "fine pinstripes",
    "polka dots": "regular polka dots",
    "floral": "all-over floral print",
    "plaid": "woven tartan plaid",
    "gingham": "woven gingham check",
    "checks": "windowpane check",
    "houndstooth": "classic houndstooth",
    "leopard": "leopard print",
    "zebra": "zebra print",
    "geometric": "geometric print",
    "paisley": "paisley print",
    "tie-dye": "hand tie-dyed pattern",
    "color block": "colour-block panels",
    "ombre": "smooth ombré gradient",
    "camouflage": "camouflage print",
    "abstract": "painterly abstract print",
}
STUDIO_PHRASES = (
    "full-length studio fashion photograph, seamless light backdrop, soft directional light",
    "fashion lookbook photograph, full garment in frame, warm grey backdrop, diffused daylight",
    "editorial catalogue photograph, whole garment visible, neutral studio, gentle key light",
    "fashion campaign photograph, complete garment in view, pale backdrop, soft rim light",
)
"""One for each picture of a brief, in turn."""

FINISH_PHRASE = "true colours, visible fabric texture, sharp detail"
GARMENT_PHRASES = {"total_look": "coordinated outfit of an upper and a lower garment"}
"""Garments whose names say too little."""
