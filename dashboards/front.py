"""The front of the app: one look, sign-in where it is configured, and the pages."""

import logging
from pathlib import Path

import streamlit as st

from dashboards.installation import desk
from dashboards.signing_in import account, sign_in_page
from dashboards.viewer import viewer
from media.errors import InvalidSetting

_log = logging.getLogger(__name__)
_HERE = Path(__file__).parent

_LOOK = """
<style>
  .block-container {padding-top: 2.5rem; padding-bottom: 5rem; max-width: 1200px;}
  [data-testid="stMetricValue"] {font-variant-numeric: tabular-nums;}
  [data-testid="stImage"] img {border-radius: 0.4rem;}
  /* Links to headings: nobody needs them here, and they would be read out. */
  [data-testid="stHeaderActionElements"] {display: none;}
  @media (max-width: 640px) {
    .block-container {padding: 3.5rem 1rem 4rem;}
    h1 {font-size: 1.6rem !important;}
  }
</style>
"""


def show() -> None:
    """The app, for whoever looks."""
    st.set_page_config(page_title="Showroom", page_icon=str(_HERE / "mark.svg"), layout="wide")
    st.logo(str(_HERE / "logo.svg"), size="large", icon_image=str(_HERE / "mark.svg"))
    st.html(_LOOK)
    try:
        settings = desk().deployment.settings
    except InvalidSetting as error:
        st.error(f"Showroom cannot start: {error}", icon=":material/settings:")
        st.stop()
    who = viewer(settings)
    # The pages are declared for whoever has yet to sign in too: their addresses stay good.
    page = st.navigation(_pages(), position="hidden" if who is None else "sidebar")
    if who is None:
        sign_in_page()
        return
    account()
    try:
        page.run()
    except Exception:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
        # The page is left with a sentence instead of a traceback; the log has all of it.
        _log.exception("the page %s broke", page.title)
        st.error(
            "This page broke. Nothing that was submitted or decided is lost. Reload it; if it "
            "breaks again, the terminal of `showroom up` says why.",
            icon=":material/error:",
        )


def _pages() -> dict[str, list[st.Page]]:
    return {
        "": [
            st.Page("views/submit.py", title="Submit", icon=":material/upload:", default=True),
            st.Page("views/jobs.py", title="Jobs", icon=":material/list_alt:"),
            st.Page("views/review.py", title="Review", icon=":material/rate_review:"),
            st.Page("views/search.py", title="Search", icon=":material/search:"),
        ],
        "Look closer": [
            st.Page("views/catalogue.py", title="Catalogue", icon=":material/menu_book:"),
            st.Page("views/insights.py", title="Insights", icon=":material/insights:"),
            st.Page("views/health.py", title="Health", icon=":material/monitor_heart:"),
        ],
    }
