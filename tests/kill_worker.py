"""Index many papers into a folder, as a process of its own: to be killed at any moment."""

import sys
from pathlib import Path

from paperchat.storage.store import Store
from tests.samples import HashEmbedder, many_papers


def main(folder: Path, papers: int, sentences: int) -> None:
    embedder = HashEmbedder(log=folder.parent / "embedded.txt")
    store = Store(folder, embedder, lambda line: print(line, flush=True), lambda done, _: print(done, flush=True))
    store.add(many_papers(papers, sentences))
    store.refresh()
    store.close()
    print("finished", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
