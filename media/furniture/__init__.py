"""Furniture: pieces as meshes, where they stand, and how they are drawn into a photo."""
