"""Tests of the app: each page on a real installation, by Streamlit's own test runner."""
