"""Whether two descriptions of a place mean the same city, region or country."""

import re
from collections.abc import Sequence

from media.matching.phrase_book import words_of

_PARTS = re.compile(r"[,;/|()\n]|\s[-\u2013\u2014]\s")
_DIRECTIONS = frozenset({"new", "north", "south", "east", "west", "northern", "southern", "papua"})
"""Words that make another place of the one after them: New Mexico is not in Mexico."""

_COUNTRIES: dict[str, tuple[str, ...]] = {
    "argentina": (),
    "australia": (),
    "austria": ("osterreich", "autriche", "at"),
    "belgium": ("belgie", "belgique", "belgien", "be"),
    "brazil": ("brasil", "bresil", "br"),
    "bulgaria": (),
    "canada": ("kanada",),
    "chile": (),
    "china": ("chine", "cn"),
    "colombia": (),
    "croatia": ("hrvatska", "kroatien"),
    "czechia": ("czech republic", "cesko", "tschechien"),
    "denmark": ("danmark", "danemark", "dk"),
    "egypt": ("egypte",),
    "estonia": ("eesti",),
    "finland": ("suomi", "finlande"),
    "france": ("frankreich", "francia", "fr"),
    "germany": ("deutschland", "allemagne", "alemania", "germania"),
    "ghana": (),
    "greece": ("hellas", "ellada", "grece"),
    "hungary": ("magyarorszag", "ungarn"),
    "india": ("bharat", "inde", "indien"),
    "indonesia": (),
    "ireland": ("eire", "ie"),
    "israel": (),
    "italy": ("italia", "italie", "italien", "it"),
    "japan": ("nippon", "japon", "jp"),
    "kenya": (),
    "latvia": ("latvija",),
    "lithuania": ("lietuva",),
    "luxembourg": ("luxemburg",),
    "malaysia": (),
    "mexico": ("mexique", "mexiko", "mx"),
    "morocco": ("maroc", "marokko"),
    "netherlands": ("the netherlands", "nederland", "holland", "pays bas", "niederlande", "nl"),
    "new zealand": ("nz",),
    "nigeria": (),
    "norway": ("norge", "norwegen"),
    "peru": (),
    "philippines": (),
    "poland": ("polska", "polen", "pologne", "pl"),
    "portugal": ("pt",),
    "romania": ("rumanien", "roumanie"),
    "serbia": ("srbija",),
    "slovakia": ("slovensko",),
    "slovenia": ("slovenija",),
    "south africa": (),
    "south korea": ("korea", "republic of korea"),
    "spain": ("espana", "espagne", "spanien", "spagna", "es"),
    "sweden": ("sverige", "suede", "schweden"),
    "switzerland": ("schweiz", "suisse", "svizzera", "ch"),
    "thailand": (),
    "tunisia": ("tunisie",),
    "turkey": ("turkiye", "turquie", "turkei"),
    "ukraine": ("ukraina",),
    "united arab emirates": ("uae",),
    "united kingdom": ("uk", "u k", "great britain", "gb"),
    "united states": ("usa", "us", "u s", "u s a", "united states of america", "america"),
    "vietnam": ("viet nam",),
}
_CITIES: dict[str, tuple[str, ...]] = {
    "antwerp": ("antwerpen", "anvers"),
    "athens": ("athina", "athen"),
    "barcelona": ("barcelone",),
    "brussels": ("bruxelles", "brussel"),
    "bucharest": ("bucuresti",),
    "cologne": ("koln",),
    "copenhagen": ("kobenhavn", "kopenhagen"),
    "florence": ("firenze", "florenz"),
    "geneva": ("geneve", "genf"),
    "ghent": ("gent", "gand"),
    "lisbon": ("lisboa", "lissabon", "lisbonne"),
    "london": ("londres", "londra"),
    "lyon": ("lyons",),
    "mexico city": ("ciudad de mexico", "cdmx"),
    "milan": ("milano", "mailand"),
    "moscow": ("moskva",),
    "munich": ("munchen", "monaco di baviera"),
    "naples": ("napoli", "neapel"),
    "new york": ("new york city", "nyc"),
    "nice": ("nizza",),
    "prague": ("praha", "prag"),
    "rome": ("roma", "rom"),
    "the hague": ("den haag",),
    "turin": ("torino",),
    "venice": ("venezia", "venedig"),
    "vienna": ("wien", "vienne"),
    "warsaw": ("warszawa", "warschau"),
    "zurich": ("zuerich",),
}


def same_place(asked: str, stated: str) -> bool:
    """Whether a place is in the one that was asked for, or that is in it, as far as named.

    Both are a city, region or country, or several from small to large: "Lyon, France". One equal
    part is enough, whatever its case, accents and language; but places in two countries are never
    the same, though both be called Paris.
    """
    one, other = _parts(asked), _parts(stated)
    countries, others = one & _COUNTRIES.keys(), other & _COUNTRIES.keys()
    if countries and others and not countries & others:
        return False
    return bool(one & other)


def _parts(text: str) -> set[str]:
    parts = set[str]()
    for piece in _PARTS.split(text):
        # A postal code or a street's number is no part of a city's name.
        words = [word for word in words_of(piece) if not any(map(str.isdigit, word))]
        parts.update(_with_country(words))
    return parts


def _with_country(words: Sequence[str]) -> set[str]:
    """The parts of a piece without commas: a country at its end stands for itself."""
    if not words:
        return set()
    piece = " ".join(words)
    if known := _SPELLINGS.get(piece):
        return {known}
    for length in range(min(4, len(words) - 1), 0, -1):
        rest, end = words[:-length], " ".join(words[-length:])
        country = _SPELLINGS.get(end)
        # Codes of two letters are mostly words: "la plata mi".
        if country in _COUNTRIES and len(end) > 3 and rest[-1] not in _DIRECTIONS:
            return {country, *_with_country(rest)}
    return {piece}


_SPELLINGS = {
    spelling: name
    for places in (_COUNTRIES, _CITIES)
    for name, spellings in places.items()
    for spelling in (name, *spellings)
}
