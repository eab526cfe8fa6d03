"""Signing in with an identity provider (OpenID Connect), and the account in the sidebar."""

import streamlit as st

from dashboards.viewer import signs_in


def sign_in_page() -> None:
    """What somebody sees who has yet to sign in."""
    with st.container(horizontal_alignment="center"):
        st.space("large")
        st.markdown("# :material/storefront: Showroom", text_alignment="center")
        st.caption("Sign in to submit, watch, review and search.", text_alignment="center")
        st.button("Sign in", type="primary", icon=":material/login:", on_click=_login)


def account() -> None:
    """Who is signed in, at the foot of the sidebar; nothing where nobody signs in."""
    if not signs_in():
        return
    with st.sidebar:
        st.caption(f":material/person: {st.user.get('email') or st.user.get('name')}")
        st.button("Sign out", icon=":material/logout:", on_click=st.logout, type="tertiary")


def _login() -> None:
    st.login()
