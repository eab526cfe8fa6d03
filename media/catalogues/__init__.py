"""Catalogues: products and ateliers read from files of many makes."""
