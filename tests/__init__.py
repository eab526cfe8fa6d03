"""The tests: they mirror the tree; `pipelines/` runs it end to end."""
