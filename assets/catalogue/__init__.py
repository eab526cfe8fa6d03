"""The catalogue pipeline: products and ateliers from files, as rows, vectors and an index."""
