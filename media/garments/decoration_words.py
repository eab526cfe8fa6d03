"""What people call decorations, and the nouns that colours can belong to besides a garment.

Phrases are lower case, without hyphens and in the singular; plurals follow by rule.
"""

DECORATION_WORDS = {
    "ruffles": ("ruffle", "ruffled", "frill", "frilly", "flounce", "frilled", "ruffle trim"),
    "ruffled hem": ("ruffle hem", "ruffled hem", "frill hem", "flounce hem", "frilled hem"),
    "tiers": ("tiered", "tier", "layered"),
    "pleats": (
        *("pleat", "pleated", "box pleat", "knife pleat", "accordion pleat", "plisse"),
        *("sunray pleat", "pleating", "sunburst pleat"),
    ),
    "lace trim": (
        *("lace trim", "lace trimmed", "lace detail", "lace insert", "lace hem", "lace edge"),
        *("lace edging", "lace cuff", "lace sleeve", "lace overlay", "floral lace trim"),
        *("lace panel", "lace collar", "lace yoke"),
    ),
    "embroidery": (
        *("embroidery", "embroidered", "floral embroidery", "embroidered flower", "cross stitch"),
        *("embroidered floral", "applique", "floral applique", "embroidery detail"),
    ),
    "sequins": ("sequin trim", "sequin detail", "sequin embellishment", "sequin collar", "glitter"),
    "beads": (
        *("bead", "beaded", "beading", "crystal", "rhinestone", "jewelled", "jeweled", "diamante"),
        *("embellished", "embellishment", "pearl button", "pearl detail", "pearl trim"),
        *("pearl beading", "studded", "stud"),
    ),
    "buttons": ("button", "toggle", "button detail"),
    "bow": ("bow", "back bow", "bow belt", "waist bow", "bow at the waist", "bow detail"),
    "neck bow": ("pussy bow", "pussybow", "neck bow", "bow at the neck", "neck tie", "tie neck"),
    "belt": (
        *(
            "belt",
            "belted",
            "sash",
            "waist tie",
            "tie waist",
            "tie belt",
            "self belt",
            "tied waist",
        ),
        *("self tie belt", "cinched waist", "obi", "tie sash", "cinched", "belt loop"),
    ),
    "pockets": ("pocket", "patch pocket", "cargo pocket", "flap pocket", "side pocket"),
    "hood": ("hood", "hooded"),
    "fringe": ("fringe", "fringed", "fringing", "tassel", "tasselled", "tasseled", "flapper"),
    "feathers": ("feather", "feathered", "feather trim", "ostrich feather"),
    "peplum": ("peplum waist", "peplum hem", "peplum detail"),
    "slit": (
        "slit",
        "split",
        "thigh split",
        "side slit",
        "leg slit",
        "thigh slit",
        "thigh high slit",
    ),
    "piping": ("piping", "contrast piping", "piped", "contrast trim", "tipping", "tipped"),
    "quilting": ("quilted", "quilting", "padded", "diamond quilted"),
    "cable stitch": ("cable", "cables", "cable stitch"),
    "smocking": (
        "smocked",
        "smocking",
        "shirred",
        "shirring",
        "elasticated waist",
        "elastic waist",
    ),
    "cuffs": ("cuffed", "turn up", "turned up", "rolled hem", "turned up hem"),
    "contrast stitching": ("contrast stitching", "topstitching", "top stitching", "topstitched"),
    "distressing": ("distressed", "ripped", "frayed", "destroyed", "raw hem", "frayed hem"),
    "shoulder pads": ("shoulder pad", "padded shoulder", "strong shoulder", "power shoulder"),
    "side stripe": ("side stripe", "side striped", "racing stripe", "stripe down the side"),
    "rib trims": ("rib trim", "ribbed hem", "ribbed cuff", "ribbed trim"),
}

PLURAL_DECORATIONS = frozenset(
    {"ruffles", "tiers", "pleats", "sequins", "beads", "buttons", "pockets", "feathers", "cuffs"}
    | {"shoulder pads", "rib trims"}
)

PART_WORDS = (
    *("collar", "cuff", "button", "trim", "piping", "lining", "hem", "zip", "zipper", "belt"),
    *("sash", "bow", "hood", "pocket", "stitching", "embroidery", "fringe", "bead", "sequin"),
    *("buckle", "hardware", "lapel", "edging", "edge", "band", "waistband", "border", "panel"),
    *("patch", "logo", "lettering", "thread", "topstitching", "snap", "stud", "chain", "lace"),
    *(
        "detail",
        "accent",
        "tassel",
        "ribbon",
        "feather",
        "crystal",
        "pearl",
        "ruffle",
        "drawstring",
    ),
    *("epaulette", "toggle", "tipping", "contrast", "applique", "binding", "yoke", "cord", "rib"),
    *("neckline", "sleeve", "strap", "pull", "fastening", "rhinestone", "frill", "stripe down"),
    *("touch", "highlight", "elbow", "shoulder", "pleat", "inner", "shoe", "sneaker", "bag"),
    *("heel", "sandal", "boot", "hat", "scarf", "earring", "jewellery", "jewelry", "underlay"),
)
"""Parts of a garment, and what is worn with it: a colour before one of these is its own."""

OCCASION_WORDS = {
    "everyday": ("everyday", "casual", "weekend", "day to day", "lounging", "errand", "school run"),
    "work": ("work", "office", "business", "meeting", "interview", "boardroom", "conference"),
    "party": ("party", "cocktail", "birthday", "club", "date night", "clubbing", "new year"),
    "evening": ("evening", "gala", "red carpet", "opera", "night out", "dinner", "theatre"),
    "wedding": ("wedding", "bridal", "bridesmaid", "bride", "registry office", "wedding guest"),
    "beach": ("beach", "seaside", "pool", "resort", "cruise", "swim", "beach holiday", "poolside"),
    "sport": ("sport", "gym", "running", "yoga", "workout", "training", "sporty", "tennis", "golf"),
    "travel": ("travel", "airport", "flight", "trip", "travelling", "traveling", "road trip"),
    "formal": ("formal", "black tie", "white tie", "ceremony", "prom", "graduation"),
    "festival": ("festival", "concert", "carnival", "boho", "bohemian", "coachella"),
}
