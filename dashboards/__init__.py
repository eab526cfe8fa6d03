"""The Streamlit app: one entry file, one file per page in views/."""
