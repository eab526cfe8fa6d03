"""The app's door, which Streamlit runs for everybody who comes and for all that they do."""

# Streamlit makes this file the process's main one, so workers that start later load it too: they
# are neither to draw the app nor to hold its libraries.
if __name__ == "__main__":
    from dashboards.front import show

    show()
