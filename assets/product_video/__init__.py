"""The product_video pipeline: the best frame of every view of a clip, as studio shots."""
