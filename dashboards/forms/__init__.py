"""Forms: a pipeline's parameters as widgets, in people's words."""
