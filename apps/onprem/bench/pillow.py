"""A rival: Pillow, one process per core, the same output size and quality. Prints the seconds without its own start."""
import json
import multiprocessing
import os
import sys
import time

from PIL import Image

arm = json.loads(sys.argv[1])
use_draft = sys.argv[2] == "draft"


def process(job):
    number, path = job
    image = Image.open(path)
    if use_draft:
        image.draft("RGB", (800, 600))
    image = image.convert("RGB").resize((800, 600), Image.LANCZOS)
    image.save(os.path.join(arm["outputDir"], f"{number}.jpg"), quality=85)


if __name__ == "__main__":
    jobs = list(enumerate(arm["paths"]))
    with multiprocessing.Pool(arm["cores"]) as pool:
        pool.map(process, jobs[: arm["cores"] * 4], chunksize=1)
        start = time.perf_counter()
        for _ in pool.imap_unordered(process, jobs, chunksize=1):
            pass
        print(json.dumps({"seconds": time.perf_counter() - start}))
