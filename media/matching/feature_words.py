"""What tells fabrics, decorations and how intricate a garment is to sew, in anybody's words."""

from media.garments.vocabulary import GARMENTS, TOTAL_LOOK

FABRICS = {
    "cotton": ("cotton", "poplin", "coton", "baumwolle", "algodon", "cotone"),
    "linen": ("linen", "lin", "leinen", "lino"),
    "silk": ("silk", "silky", "charmeuse", "soie", "seide", "seta"),
    "satin": ("satin", "sateen", "raso"),
    "velvet": ("velvet", "velour", "velours", "samt", "terciopelo", "velluto"),
    "denim": ("denim", "chambray", "jeansstoff", "mezclilla"),
    "leather": ("leather", "suede", "cuir", "leder", "cuero", "pelle"),
    "wool": (
        *("wool", "woolen", "woollen", "cashmere", "merino", "laine", "cachemire", "wolle"),
        *("kaschmir", "lana", "cachemira"),
    ),
    "tweed": ("tweed", "boucle"),
    "knit": ("knit", "knitted", "cable knit", "crochet", "maille", "tricot", "strick", "punto"),
    "lace": ("lace", "lacy", "guipure", "dentelle", "spitze", "encaje", "pizzo"),
    "tulle": ("tulle", "tull", "tul"),
    "organza": ("organza",),
    "chiffon": ("chiffon", "georgette", "mousseline", "gasa"),
    "crepe": ("crepe",),
    "viscose": ("viscose", "rayon", "viskose", "viscosa"),
    "jersey": ("jersey fabric", "cotton jersey", "stretch jersey"),
    "brocade": ("brocade", "jacquard", "brocart", "brokat", "brocado", "broccato"),
    "corduroy": ("corduroy", "velours cotele", "cord", "pana"),
    "sequin": ("sequin fabric", "sequinned fabric"),
}
"""By our name; where a phrase is a decoration too, it counts as one."""

DECORATIONS = {
    "ruffles": (
        *("ruffle", "ruffled", "frill", "frilled", "frilly", "flounce", "ruching", "ruched"),
        *("volant", "rusche", "ruschen", "volantes", "volante", "fronce", "balze"),
    ),
    "lace": (
        *("lace", "lacy", "guipure", "dentelle", "spitze", "encaje", "pizzo", "lace trim"),
        *("lace sleeve", "lace collar", "lace cuff", "lace hem", "lace detail", "lace insert"),
        *("lace panel", "lace yoke", "lace edging", "lace overlay", "lace back"),
    ),
    "embroidery": (
        *("embroidery", "embroidered", "cross stitch", "broderie", "broderie anglaise", "brode"),
        *("brodee", "stickerei", "bestickt", "bordado", "bordada", "ricamo", "ricamato"),
    ),
    "appliqué": ("applique", "applikation", "aplique"),
    "sequins": (
        *("sequin", "sequinned", "sequined", "paillette", "pailletten", "lentejuela"),
        *("lentejuelas",),
    ),
    "beads": (
        *("bead", "beaded", "beading", "pearl", "rhinestone", "crystal", "perle", "perlen"),
        *("jewelled", "jeweled", "embellished", "embellishment", "perlas"),
    ),
    "pleats": ("pleat", "pleated", "pleating", "plisse", "plissee", "falten", "plisada"),
    "tiers": ("tiered", "tier"),
    "bow": ("bow", "pussy bow", "neck bow", "noeud", "schleife", "lazo", "fiocco"),
    "fringe": ("fringe", "fringed", "tassel", "frange", "fransen", "fleco", "flecos"),
    "feathers": ("feather", "feathered", "plume", "feder", "federn", "plumas", "piume"),
    "smocking": ("smocking", "smocked", "shirring", "shirred"),
    "quilting": ("quilting", "quilted", "matelasse", "gesteppt"),
    "cutouts": ("cutout", "cut out"),
    "puff sleeves": ("puff sleeve", "puffed sleeve", "balloon sleeve", "manches ballon"),
}
"""What a maker adds to a garment that is already whole; pockets, belts and hoods are not here."""

NEGATIONS = frozenset({"no", "not", "without", "sans", "ohne", "sin", "senza", "kein", "keine"})
WITH = frozenset({"with", "avec", "mit", "con"})
END_OF_NEGATION = WITH | {"but", "and", "mais", "aber", "pero", "ma", "und", "et", "y", "e"}

LEVELS = {"low": 0.3, "medium": 0.6, "high": 1.0}
"""How intricate work of a level is, before its decorations."""

GARMENT_LEVELS = {
    **dict.fromkeys(GARMENTS, "medium"),
    **dict.fromkeys(("t-shirt", "top", "skirt", "shorts"), "low"),
    **dict.fromkeys(("coat", "blazer", "jumpsuit"), "high"),
    TOTAL_LOOK: "medium",
}
"""Low is a few flat seams; medium has sleeves, collar, zip or a fitted waist; high is lined,
padded or built over a foundation."""

LEVEL_WORDS = {
    "high": (
        *("gown", "ball gown", "ballgown", "bridal", "wedding dress", "wedding gown", "corset"),
        *("corseted", "bustier", "boning", "boned", "couture", "tailored", "tailoring", "tuxedo"),
        *("suit", "mermaid", "crinoline", "hand sewn", "hand embroidered", "lined", "draped"),
        *("robe de mariee", "brautkleid", "ballkleid", "abendkleid", "vestido de novia"),
        *("abito da sposa",),
    ),
    "low": (
        *("simple", "simply", "basic", "minimal", "minimalist", "elastic waist", "elasticated"),
        *("loungewear", "pull on", "beginner", "schlicht", "sencillo", "semplice"),
    ),
}
"""Words of how a garment is made: high ones make it high, low ones take one level off."""
