"""What people call the cut, the cloth and the decoration of a garment.

Phrases are lower case, without hyphens and in the singular; plurals follow by rule. A phrase
has one meaning; the longest that fits is taken.
"""

PATTERN_WORDS = {
    "solid": ("solid", "plain", "solid color", "solid colour", "monochrome", "unpatterned"),
    "stripes": (
        *("stripe", "striped", "stripy", "stripey", "candy stripe", "vertical stripe"),
        *("vertical striped", "nautical stripe", "regatta stripe", "bengal stripe"),
    ),
    "horizontal stripes": (
        *("breton", "breton stripe", "breton striped", "horizontal stripe", "sailor stripe"),
        *("horizontal striped", "horizontally striped", "mariniere"),
    ),
    "pinstripes": ("pinstripe", "pin stripe", "pinstriped", "pin striped", "chalk stripe"),
    "polka dots": (
        *("polka dot", "dot", "dotted", "spot", "spotted", "polka dotted", "polka", "dotty"),
        *("swiss dot", "polkadot", "spotty", "polka dot print", "micro dot"),
    ),
    "floral": (
        *("floral", "flower", "flowery", "botanical", "rose print", "daisy print", "blossom"),
        *("cherry blossom", "wildflower", "ditsy", "ditsy print", "daisy", "roses", "daisies"),
        *("tropical", "tropical print", "palm print", "leaf print", "flower print", "bloom"),
        *("hibiscus", "liberty print", "peony", "peonies", "poppies", "poppy print", "hibiscus"),
        *("tropical leaf", "watercolor floral", "watercolour floral", "floral print", "petal"),
        *("flowered", "palm leaf", "leafy", "sunflower print", "chintz", "abstract floral"),
        *("botanic", "leaf motif", "sprigged", "lemon print", "cherry print", "orchid print"),
    ),
    "plaid": (
        *(
            "plaid",
            "tartan",
            "madras",
            "buffalo plaid",
            "tartan check",
            "plaid check",
            "tattersall",
        ),
        *("glen plaid", "buffalo check", "lumberjack", "lumberjack check", "tartan plaid"),
        *("flannel plaid", "check plaid", "checked plaid", "plaid tartan"),
    ),
    "gingham": ("gingham", "gingham check", "vichy", "gingham checked", "vichy check"),
    "checks": (
        *("check", "checked", "checkered", "chequered", "windowpane", "windowpane check"),
        *("checkerboard", "prince of wales check", "prince of wales", "glen check", "checkered"),
        *("chequerboard", "grid check", "checker", "shepherd check", "checky"),
    ),
    "houndstooth": (
        *("houndstooth", "dogtooth", "dog tooth", "hounds tooth", "pied de poule", "puppytooth"),
        *("houndstooth check", "dogtooth check"),
    ),
    "leopard": (
        *("leopard", "leopard print", "cheetah", "cheetah print", "animal", "animal print"),
        *("leopard spot", "jaguar print", "snake print", "snakeskin", "python print", "giraffe"),
        *("snakeskin print", "python", "cow print", "giraffe print", "ocelot", "dalmatian"),
        *("crocodile print", "reptile print"),
    ),
    "zebra": ("zebra", "zebra print", "tiger", "tiger print", "tiger stripe", "zebra stripe"),
    "geometric": (
        *("geometric", "geometrical", "geo print", "argyle", "chevron", "zigzag", "zig zag"),
        *("aztec", "ikat", "greek key", "mosaic", "art deco", "harlequin", "diamond print"),
        *("diamond pattern", "triangle", "hexagon", "herringbone", "nordic", "geo", "moroccan"),
        *("tribal", "kilim", "tile print", "diamond", "geometric print", "cubes", "cube print"),
    ),
    "paisley": ("paisley", "paisley print", "bandana", "bandana print", "cashmere print"),
    "tie-dye": (
        *("tie dye", "tie dyed", "tiedye", "shibori", "batik", "tie dye print", "acid wash"),
        *("spiral dye", "marble dye", "dip tie dye"),
    ),
    "color block": (
        *("color block", "colour block", "color blocked", "colour blocked", "colorblock"),
        *("colourblock", "two tone", "color blocking", "colour blocking", "colourblocked"),
        *("colorblocked", "half and half", "mondrian", "patchwork", "two toned"),
    ),
    "ombre": (
        *("ombre", "gradient", "dip dye", "dip dyed", "degrade", "faded into", "fading into"),
        *("fading to", "fades to", "fades into", "fading from", "gradient print"),
    ),
    "camouflage": ("camo", "camouflage", "camo print", "camouflage print", "camo pattern"),
    "abstract": (
        *("abstract", "abstract print", "brushstroke", "marble", "marbled", "splatter", "swirl"),
        *("psychedelic", "graffiti", "watercolor", "watercolour", "painterly", "swirly"),
        *("paint splatter", "ink blot", "scribble", "artsy print", "brush stroke", "squiggle"),
        *("marble print", "painted", "swirl print", "retro print", "art print"),
    ),
}

FABRIC_WORDS = {
    "cotton": ("cotton", "poplin", "voile", "seersucker", "cotton blend", "organic cotton"),
    "linen": ("linen", "linen blend", "hemp", "ramie"),
    "satin": ("satin", "silk", "silky", "satiny", "charmeuse", "silk satin", "sateen", "mikado"),
    "velvet": ("velvet", "velour", "velvety", "crushed velvet"),
    "denim": ("denim", "chambray", "light wash", "dark wash", "stonewashed", "raw denim"),
    "leather": ("leather", "faux leather", "vegan leather", "patent", "suede", "pleather"),
    "wool": (
        "wool",
        "woolen",
        "woollen",
        "flannel",
        "felt",
        "boiled wool",
        "merino wool",
        "melton",
    ),
    "tweed": ("tweed", "boucle", "donegal"),
    "knit": (
        *("knitted", "ribbed", "rib knit", "chunky knit", "cashmere", "merino"),
        *("mohair", "crochet", "crocheted", "angora", "chunky", "alpaca", "fine knit", "wooly"),
        *("ribbed knit", "waffle knit", "pointelle", "lambswool", "open knit", "slouchy knit"),
    ),
    "lace": ("lace", "lacy", "guipure", "broderie anglaise", "eyelet", "eyelet lace", "broderie"),
    "tulle": ("tulle", "mesh", "net", "sheer", "organza"),
    "chiffon": ("chiffon", "georgette", "crepe de chine", "gauzy", "floaty", "flowy", "gauze"),
    "sequin": ("sequin", "sequinned", "sequined", "sequin embellished", "sparkly", "glittery"),
    "corduroy": ("corduroy", "cord", "needlecord"),
    "jersey": ("jersey fabric", "stretch", "fleece lined", "modal", "french terry", "terry"),
    "crepe": ("crepe", "viscose", "rayon", "polyester", "gabardine", "twill", "neoprene"),
}

LENGTH_WORDS = {
    "cropped": (
        *("cropped", "crop", "ankle length", "ankle grazing", "waist length", "ankle", "7/8"),
        *("high ankle", "cropped length", "belly baring"),
    ),
    "mini": (
        *("mini", "short", "above the knee", "thigh length", "above knee", "mini length"),
        *("thigh skimming", "micro", "micro mini", "mid thigh"),
    ),
    "knee": ("knee", "knee length", "to the knee", "knee skimming", "below the knee"),
    "midi": ("midi", "mid length", "tea length", "mid calf", "calf length", "midi length"),
    "maxi": (
        *("maxi", "floor length", "full length", "long", "to the floor", "floor sweeping"),
        *("ankle skimming", "floor grazing", "longline", "maxi length", "with a train"),
    ),
}

SLEEVE_WORDS = {
    "sleeveless": ("sleeveless", "tank style", "strappy", "armless"),
    "cap": ("cap sleeve", "cap sleeved", "capped sleeve"),
    "short": ("short sleeve", "short sleeved", "half sleeve", "short sleeves"),
    "three-quarter": (
        *("three quarter sleeve", "3/4 sleeve", "elbow sleeve", "elbow length sleeve"),
        *("three quarter length sleeve", "3/4 length sleeve", "bracelet sleeve"),
    ),
    "long": ("long sleeve", "long sleeved", "full sleeve", "full length sleeve"),
    "puff": ("puff sleeve", "puffed sleeve", "puff sleeved", "puffy sleeve", "puff shoulder"),
    "balloon": (
        *("balloon sleeve", "bishop sleeve", "lantern sleeve", "blouson sleeve", "poet sleeve"),
        *("billowing sleeve", "billowy sleeve", "long puff sleeve", "leg of mutton sleeve"),
        *("voluminous sleeve", "juliet sleeve"),
    ),
    "bell": ("bell sleeve", "flared sleeve", "trumpet sleeve", "wide sleeve", "kimono sleeve"),
    "flutter": (
        "flutter sleeve",
        "fluttery sleeve",
        "ruffle sleeve",
        "ruffled sleeve",
        "frill sleeve",
    ),
    "raglan": ("raglan", "raglan sleeve", "dolman", "dolman sleeve", "batwing", "batwing sleeve"),
}

NECKLINE_WORDS = {
    "v-neck": (
        *("v neck", "v necked", "plunging", "plunging neckline", "deep v", "plunge", "v neckline"),
        *("deep v neck", "vneck", "surplice"),
    ),
    "scoop": ("scoop neck", "scoop", "scooped neck", "scooped", "u neck", "low neck"),
    "crew": ("crew neck", "crew", "round neck", "jewel neck", "high round neck", "round neckline"),
    "boat": ("boat neck", "bateau", "boatneck", "bateau neck", "slash neck", "boat neckline"),
    "square": ("square neck", "square neckline", "square necked"),
    "sweetheart": ("sweetheart", "sweetheart neckline", "sweetheart neck", "heart neckline"),
    "straps": (
        *(
            "spaghetti strap",
            "strap",
            "thin strap",
            "shoulder strap",
            "slip style",
            "tie strap",
            "slip",
        ),
        *("skinny strap", "delicate strap", "tie shoulder"),
    ),
    "strapless": ("strapless", "tube", "straight across"),
    "halter": ("halter", "halterneck", "halter neck", "halter neckline"),
    "off the shoulder": (
        *("off the shoulder", "off shoulder", "bardot", "cold shoulder", "bare shoulder"),
        *("bardot neckline", "carmen neckline"),
    ),
    "one-shoulder": ("one shoulder", "asymmetric neckline", "one shouldered", "single shoulder"),
    "cowl": ("cowl", "cowl neck", "draped neck", "draped neckline", "cowl neckline"),
    "high": ("high neck", "high necked", "high neckline", "funnel neck", "mock neckline"),
}

COLLAR_WORDS = {
    "none": ("collarless",),
    "shirt": ("collar", "collared", "shirt collar", "button down collar", "camp collar"),
    "peter pan": ("peter pan collar", "peter pan", "round collar", "scalloped collar"),
    "notch": (
        "notch lapel",
        "notched lapel",
        "lapel",
        "notched collar",
        "peak lapel",
        "wide lapel",
    ),
    "shawl": ("shawl collar", "shawl lapel", "shawl"),
    "stand": ("mandarin collar", "stand collar", "band collar", "nehru collar", "grandad collar"),
    "turtleneck": ("turtleneck collar", "roll collar", "polo collar"),
}

CLOSURE_WORDS = {
    "buttons": (
        *("button front", "button through", "single breasted", "buttoned", "button fastening"),
        *("buttoned down", "button fly", "button placket"),
    ),
    "zip": (
        "zip",
        "zipper",
        "zip up",
        "zip front",
        "full zip",
        "half zip",
        "zipped",
        "zip through",
    ),
    "double-breasted": ("double breasted", "two rows of button"),
    "open": ("open front", "open", "edge to edge"),
}

SILHOUETTE_WORDS = {
    "fitted": (
        *("fitted", "bodycon", "pencil", "slim", "skinny", "tight", "figure hugging", "slim fit"),
        *("body hugging", "body skimming", "slimline", "form fitting", "slim fitting", "tapered"),
        *("nipped waist", "cigarette", "bodyhugging", "close fitting", "tailored"),
    ),
    "a-line": ("a line", "aline", "skater", "fit and flare", "trapeze"),
    "straight": ("straight", "shift", "column", "straight leg", "straight cut", "sheath style"),
    "oversized": (
        *("oversized", "oversize", "baggy", "slouchy", "loose", "relaxed", "boxy", "roomy"),
        *("boyfriend", "cocoon", "loose fitting", "relaxed fit", "voluminous", "loose fit"),
    ),
    "empire": ("empire", "empire waist", "empire line", "babydoll", "baby doll", "empire waisted"),
    "mermaid": ("mermaid", "fishtail", "trumpet", "mermaid silhouette"),
    "ball-gown": ("princess", "full skirted", "full skirt", "ball skirt", "cinderella"),
    "wrap": ("wrap", "wrapped", "wrap style", "faux wrap", "wrap front", "wraparound"),
    "wide-leg": ("wide leg", "wide legged", "wide", "wide cut"),
    "flared": ("flared", "flare", "bootcut", "boot cut", "bell bottom", "kick flare", "swing"),
}
