"""The seal on contacts: what people can be reached at is kept only encrypted.

Fernet (AES-128-CBC with HMAC-SHA256) with the keys of the setting `contact_key`. The first key
seals, all of them open, so a new key is put before the old ones, what is stored is rotated, and
the old ones are taken out.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from media.errors import ContactKeyMissing, InvalidSetting

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

NEW_KEY_COMMAND = (
    "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)
"""Prints a key; for a shell in an environment that has Showroom."""


class ContactSeal:
    """Seals and opens contacts; without keys it can do neither and says how to make one."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`InvalidSetting` for a key that is none."""
        self._keys = _ring(keys) if keys else None

    @classmethod
    def from_setting(cls, text: str) -> "ContactSeal":
        """The seal of keys with commas between them, the one that seals first."""
        return cls([key.strip() for key in text.split(",") if key.strip()])

    @property
    def is_set(self) -> bool:
        """Whether there is a key."""
        return self._keys is not None

    def seal(self, text: str) -> str:
        """A text encrypted, in ASCII; `ContactKeyMissing` without a key."""
        return self.seal_bytes(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text that was sealed; `ContactKeyMissing` when no key opens it."""
        return self.open_bytes(sealed.encode()).decode()

    def rotate(self, sealed: str) -> str:
        """The same sealed anew with the first key, its time kept; errors as `open`."""
        from cryptography.fernet import InvalidToken

        try:
            return self._ring_or_error().rotate(sealed.encode()).decode("ascii")
        except InvalidToken as error:
            raise _unopened() from error

    def seal_bytes(self, data: bytes) -> bytes:
        """A whole file encrypted: four thirds of its size; `ContactKeyMissing` without a key."""
        return self._ring_or_error().encrypt(data)

    def open_bytes(self, sealed: bytes) -> bytes:
        """The file that was sealed; errors as `open`."""
        from cryptography.fernet import InvalidToken

        try:
            return self._ring_or_error().decrypt(sealed)
        except InvalidToken as error:
            raise _unopened() from error

    def _ring_or_error(self) -> "MultiFernet":
        if self._keys is None:
            raise ContactKeyMissing(
                "contacts are kept only encrypted and no key is set; make one with "
                f"{NEW_KEY_COMMAND} and set it as SHOWROOM_CONTACT_KEY"
            )
        return self._keys


def _ring(keys: Sequence[str]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    found = []
    for number, key in enumerate(keys, 1):
        try:
            found.append(Fernet(key))
        except ValueError as error:
            # A key never stands in a message: logs keep messages.
            raise InvalidSetting(
                f"contact_key: key {number} of {len(keys)} is no Fernet key; make one with "
                f"{NEW_KEY_COMMAND}"
            ) from error
    return MultiFernet(found)


def _unopened() -> ContactKeyMissing:
    return ContactKeyMissing(
        "no key in SHOWROOM_CONTACT_KEY opens this contact; put the key that sealed it after "
        "the present one, with a comma between them"
    )
