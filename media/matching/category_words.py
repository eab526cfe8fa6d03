"""What shops and ateliers call garments, beyond the names a customer uses.

The English names are those that briefs are read with. Languages differ in which of several
garments is meant: in English and German the last (a shirt dress is a dress), in French, Spanish
and Italian the first (une robe chemise is one too), so they are listed apart.
"""

LAST_WORDS = {
    "dress": ("gown", "bridal gown", "kleid", "kleider", "jumper dress", "nightgown"),
    "blouse": ("bluse", "blusen", "shirt blouse"),
    "shirt": ("hemd", "hemden", "dress shirt", "shirting"),
    "t-shirt": ("t shirt", "tshirt", "tee shirt", "polo shirt"),
    "top": ("oberteil", "oberteile", "tank", "vest top"),
    "sweater": ("pulli", "strickpullover", "sweat shirt"),
    "cardigan": ("strickjacke", "strickjacken"),
    "hoodie": ("kapuzenpullover", "kapuzenpulli", "kapuzenjacke", "hooded sweat"),
    "jacket": ("jacke", "jacken", "waistcoat"),
    "blazer": ("sakko", "suit", "trouser suit", "tuxedo", "anzug", "anzuge"),
    "coat": ("mantel", "outer coat"),
    "skirt": ("rock", "rocke"),
    "trousers": ("hose", "hosen", "trouser", "pant", "slack", "jogger", "legging"),
    "jeans": ("jean", "jeanshose", "jeanshosen"),
    "shorts": ("kurze hose", "kurze hosen", "skort"),
    "jumpsuit": ("overall", "latzhose", "latzhosen", "playsuit", "romper"),
}

FIRST_WORDS = {
    "dress": ("robe", "vestido", "vestito", "vestiti", "abito", "abiti"),
    "blouse": ("chemisier", "blusa", "camicetta", "camicette"),
    "shirt": ("chemise", "camisa", "camicia", "camicie"),
    "t-shirt": ("camiseta", "maglietta", "magliette"),
    "top": ("debardeur", "haut", "canotta", "canotte"),
    "sweater": (
        *("pull", "chandail", "sueter", "sudadera", "maglione", "maglioni", "maglia"),
        *("felpa", "felpe", "sweat"),
    ),
    "cardigan": ("rebeca", "gilet en maille"),
    "hoodie": ("sweat a capuche", "sudadera con capucha", "felpa con cappuccio"),
    "jacket": (
        *("veste", "doudoune", "blouson", "chaqueta", "cazadora", "giacca", "giacche"),
        *("giubbotto", "giubbotti"),
    ),
    "blazer": ("americana", "tailleur"),
    "coat": ("manteau", "manteaux", "impermeable", "abrigo", "gabardina", "cappotto", "cappotti"),
    "skirt": ("jupe", "falda", "gonna", "gonne"),
    "trousers": ("pantalon", "pantalone", "pantaloni"),
    "jeans": ("vaqueros", "pantalones vaqueros", "pantalon vaquero"),
    "shorts": (
        *("short en", "bermuda", "pantalon corto", "pantalones cortos", "pantaloncino"),
        *("pantaloncini",),
    ),
    "jumpsuit": ("combinaison", "combishort", "salopette", "mono", "tuta", "tute"),
}

COMPOUND_ENDINGS = {
    "strickjacke": "cardigan",
    "strickjacken": "cardigan",
    **dict.fromkeys(("kleid", "kleider"), "dress"),
    **dict.fromkeys(("bluse", "blusen"), "blouse"),
    **dict.fromkeys(("hemd", "hemden"), "shirt"),
    **dict.fromkeys(("pullover", "pulli"), "sweater"),
    **dict.fromkeys(("jacke", "jacken"), "jacket"),
    "sakko": "blazer",
    "mantel": "coat",
    **dict.fromkeys(("rock", "rocke"), "skirt"),
    **dict.fromkeys(("hose", "hosen"), "trousers"),
}
"""How German names of garments end: Sommerkleid, Wintermantel."""

ALONE = {
    "shorts": ("short",),
    "dress": (
        *("bridal", "bridalwear", "bridal wear", "wedding", "evening wear", "eveningwear"),
        *("brautmode", "abendmode", "mariage", "novia", "sposa"),
    ),
    "sweater": ("knitwear", "strick", "maille"),
    "coat": ("outerwear",),
    "jeans": ("denim",),
}
"""Words that say a garment only where nothing else does."""

OTHER_THINGS = (
    *("shoe", "boot", "sneaker", "sandal", "heel", "bag", "handbag", "belt", "hat", "cap", "sock"),
    *("tight", "glove", "scarf", "tie", "bow tie", "hanger", "rack", "stand", "underwear", "bra"),
    *("lingerie", "pajama", "pyjama", "bathrobe", "dressing gown", "robe de chambre", "peignoir"),
    *("swimsuit", "swim suit", "bathing suit", "track suit", "wet suit", "top hat", "case"),
    *("clip", "brush", "shoelace", "jewelry"),
    *("unterhose", "unterhosen", "strumpfhose", "strumpfhosen", "badehose", "badehosen"),
    *("unterhemd", "unterhemden", "nachthemd", "nachthemden", "bademantel", "schuhe", "gurtel"),
    *("chaussure", "sac", "ceinture", "zapato", "bolso", "scarpe", "borsa", "borse", "cintura"),
)
"""Things whose names hold a garment's: dress shoes are no dress."""

GROUPS = {
    "outerwear": ("coat", "jacket"),
    "knitwear": ("sweater", "cardigan"),
    "tailoring": ("blazer", "coat", "jacket", "trousers"),
    "suit": ("blazer", "trousers"),
    "top": ("top", "t-shirt", "blouse", "shirt"),
    "bottom": ("skirt", "trousers", "shorts", "jeans"),
    "denim": ("jeans", "jacket"),
    "leather": ("jacket", "coat"),
}
"""Categories that cover several garments."""

EVERYTHING = (
    *("all", "all garments", "everything", "any garment", "bespoke", "made to measure", "couture"),
    *("haute couture", "ready to wear", "womenswear", "menswear", "custom clothing", "clothing"),
    *("total look", "total looks", "outfit", "ensemble"),
)
"""Categories of those who make any garment."""
