"""Who looks: everybody on this machine, or whoever has signed in."""

from dataclasses import dataclass

import streamlit as st

from resources.settings import Settings, words

LOCAL = "local"


@dataclass(frozen=True)
class Viewer:
    """Who looks at a page, and whose jobs they may see."""

    name: str
    sees_everyone: bool

    @property
    def only_owner(self) -> str | None:
        """Whose jobs are shown; None for everybody's."""
        return None if self.sees_everyone else self.name

    def may_see(self, owner: str) -> bool:
        """Whether what belongs to `owner` is shown."""
        return self.sees_everyone or owner == self.name


def signs_in() -> bool:
    """Whether people sign in here: whether the secrets name an identity provider."""
    return bool(st.secrets.load_if_toml_exists() and "auth" in st.secrets)


def viewer(settings: Settings) -> Viewer | None:
    """Who looks; None when they have yet to sign in.

    Without an identity provider the app is open, as it is reached from this machine only. With
    one, people see their own jobs, and those whom `operators` names see everyone's.
    """
    if not signs_in():
        return Viewer(LOCAL, sees_everyone=True)
    if not st.user.is_logged_in:
        return None
    name = str(st.user.get("email") or st.user.get("sub"))
    operators = {address.lower() for address in words(settings.operators)}
    return Viewer(name, sees_everyone=name.lower() in operators)
