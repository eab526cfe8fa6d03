"""Currencies: their codes and decimals (ISO 4217), and the signs people write (CLDR)."""

_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_TWO = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ
    GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
    PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
    TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_WITH_FOUR = "CLF UYW"

DECIMALS: dict[str, int] = {
    code: decimals
    for decimals, codes in ((0, _WITHOUT), (2, _WITH_TWO), (3, _WITH_THREE), (4, _WITH_FOUR))
    for code in codes.split()
}
"""Decimals of every currency in use, by its code."""

_GROUPED = "EUR DKK ISK BRL TRY IDR VND CLP ARS COP UYU PYG CRC RON RSD BAM MKD HUF"
GROUPED_BY_POINTS = frozenset(_GROUPED.split())
"""Currencies of which people write a thousand as 1.000."""

_DOLLARS = "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU BBD BMD BND BSD BZD FJD GYD JMD"
_CROWNS = "SEK NOK DKK ISK"

_SIGNS: dict[str, tuple[str, ...]] = {
    sign: tuple(codes.split())
    for signs, codes in (
        ("$", f"{_DOLLARS} KYD LRD NAD SBD SRD TTD XCD"),
        ("us$ $us", "USD"),
        ("c$ ca$ can$", "CAD"),
        ("a$ au$", "AUD"),
        ("nz$", "NZD"),
        ("s$", "SGD"),
        ("hk$", "HKD"),
        ("nt$", "TWD"),
        ("mx$", "MXN"),
        ("r$", "BRL"),
        ("€ euro euros", "EUR"),
        ("£", "GBP EGP GIP FKP SHP"),
        ("¥ 円 元", "JPY CNY"),
        ("kr", _CROWNS),
        ("fr sfr fr.", "CHF"),
        ("₹", "INR"),
        ("rs", "INR PKR LKR NPR MUR"),
        ("₩", "KRW"),
        ("₽", "RUB"),
        ("₺ tl", "TRY"),
        ("₴", "UAH"),
        ("₫", "VND"),
        ("₱", "PHP"),
        ("₪", "ILS"),
        ("฿", "THB"),
        ("₦", "NGN"),
        ("₸", "KZT"),
        ("zł zl", "PLN"),
        ("kč kc", "CZK"),
        ("ft", "HUF"),
        ("lei", "RON MDL"),
        ("лв", "BGN"),
        ("rp", "IDR"),
        ("rm", "MYR"),
        ("r", "ZAR"),
        ("dh dhs", "AED MAD"),
    )
    for sign in signs.split()
}


def currencies_of(word: str) -> tuple[str, ...]:
    """The currencies that a code or sign may stand for, the likeliest first; empty for none."""
    code = word.strip().upper()
    if code in DECIMALS:
        return (code,)
    return _SIGNS.get(word.strip().rstrip(".").lower(), ())
