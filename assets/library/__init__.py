"""The library pipeline: any image or PDF into its web variants."""
