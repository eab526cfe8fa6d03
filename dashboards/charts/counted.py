"""What is counted: the rows of all tables, read once for everybody who looks at charts."""

from pathlib import Path

import streamlit as st

from dashboards.installation import desk
from resources.insights import CountedRows


@st.cache_resource(ttl=60, max_entries=4, show_spinner="Counting", refresh_mode="background")
def counted_rows(home: Path, store: str) -> CountedRows:
    """About a minute old; the names tell installations apart. Who asks is the filter's.

    Those who find them older are shown them all the same, while newer ones are read.
    """
    deployment = desk().deployment
    settings = deployment.settings
    return CountedRows(deployment.warehouse, settings.limits, settings.video_limits)
