"""The staging pipeline: photos of rooms, furnished, emptied or made the best of."""
