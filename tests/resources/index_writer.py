"""A process that writes to an index until it is killed: `python -m tests.resources.index_writer`.

It says `written` after each batch, so that whoever kills it knows what must be there.
"""

import sys
from pathlib import Path

from tests.resources.vector_rows import open_index, random_rows

BATCH = 400


def main() -> None:
    """Write batch after batch, and tend, for ever."""
    index = open_index(Path(sys.argv[1]), exact_below=1500)
    batch = 0
    while True:
        index.upsert(random_rows(BATCH, first=batch * BATCH))
        if batch % 2:
            index.tend()
        batch += 1
        sys.stdout.write("written\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
