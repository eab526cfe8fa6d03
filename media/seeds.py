"""Seeds: the number that makes an image model give the same picture again."""

import hashlib

MAX_SEED = 2**32 - 1
"""The largest seed image models take; 0 means none to some of them."""


def seed_of(base: int | None, content_sha256: str, style: str, variation: int) -> int:
    """The seed of one variation of one photo in one style, 1 to `MAX_SEED`.

    With a base, variation 1 has exactly that seed and the others follow from it and what they
    are of. Without one, every seed follows from the content, the style and the variation.
    Raises ValueError for a base that is no seed and for a variation below 1.
    """
    if base is not None and not 1 <= base <= MAX_SEED:
        raise ValueError(f"A seed is 1 to {MAX_SEED}, not {base}.")
    if variation < 1:
        raise ValueError(f"Variations are counted from 1, not {variation}.")
    if base is not None and variation == 1:
        return base
    # Of 256 bits the remainder is as good as uniform; the parts cannot run into each other.
    facts = "\n".join(("seed", str(base or ""), content_sha256, style, str(variation)))
    digest = hashlib.sha256(facts.encode()).digest()
    return 1 + int.from_bytes(digest, "big") % MAX_SEED
