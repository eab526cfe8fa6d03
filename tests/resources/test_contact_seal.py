"""The seal on contacts: nothing readable is kept, keys can be exchanged, errors say the way out."""

import shlex
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from media.errors import ContactKeyMissing, InvalidSetting, ShowroomError
from resources.contact_seal import NEW_KEY_COMMAND, ContactSeal

CONTACT = '{"email":"naaimachine@example.org","phone":"+32 3 555 01 23","note":"Zürich"}'


def new_key() -> str:
    return Fernet.generate_key().decode()


def test_what_is_sealed_cannot_be_read_and_opens_again() -> None:
    seal = ContactSeal([new_key()])
    sealed = seal.seal(CONTACT)
    assert "example.org" not in sealed
    assert sealed.isascii()
    assert seal.open(sealed) == CONTACT


def test_a_whole_file_is_sealed() -> None:
    seal = ContactSeal([new_key()])
    data = bytes(range(256)) * 100
    assert data[:32] not in seal.seal_bytes(data)
    assert seal.open_bytes(seal.seal_bytes(data)) == data


def test_equal_contacts_are_sealed_differently() -> None:
    seal = ContactSeal([new_key()])
    assert seal.seal(CONTACT) != seal.seal(CONTACT)


def test_the_first_key_seals_and_every_key_opens() -> None:
    old, new = new_key(), new_key()
    sealed_before = ContactSeal([old]).seal(CONTACT)
    both = ContactSeal.from_setting(f" {new} , {old},")
    assert both.open(sealed_before) == CONTACT
    assert ContactSeal([new]).open(both.seal(CONTACT)) == CONTACT


def test_after_rotation_the_old_key_is_not_needed() -> None:
    old, new = new_key(), new_key()
    rotated = ContactSeal([new, old]).rotate(ContactSeal([old]).seal(CONTACT))
    assert ContactSeal([new]).open(rotated) == CONTACT


def test_without_a_key_nothing_is_sealed_and_the_way_out_is_said() -> None:
    seal = ContactSeal.from_setting("  ")
    assert not seal.is_set
    with pytest.raises(ContactKeyMissing, match="SHOWROOM_CONTACT_KEY") as raised:
        seal.seal(CONTACT)
    assert NEW_KEY_COMMAND in str(raised.value)


def test_the_command_that_messages_name_makes_a_key() -> None:
    _, *arguments = shlex.split(NEW_KEY_COMMAND)
    made = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True
    ).stdout
    assert ContactSeal.from_setting(made).is_set


@pytest.mark.parametrize("wrong", ["secret", "x" * 44, "ä" * 44, "A" * 43])
def test_a_key_that_is_none_is_a_setting_to_correct_and_is_not_repeated(wrong: str) -> None:
    with pytest.raises(InvalidSetting, match="key 2 of 2") as raised:
        ContactSeal.from_setting(f"{new_key()},{wrong}")
    assert wrong not in str(raised.value)


@pytest.mark.parametrize("sealed", ["", "nothing sealed", "gAAAAABm", "Zürich"])
def test_what_no_key_opens_is_an_error_of_ours(sealed: str) -> None:
    seal = ContactSeal([new_key()])
    for attempt in (seal.open, seal.rotate):
        with pytest.raises(ShowroomError, match="no key in SHOWROOM_CONTACT_KEY"):
            attempt(sealed)
    with pytest.raises(ShowroomError):
        seal.open(ContactSeal([new_key()]).seal(CONTACT))
