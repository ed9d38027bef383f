"""What `make bench` times. Each workload runs alone in a fresh process: python workloads.py NAME.

A workload prepares its data first, then returns a function; only that function is timed, compilation included. It is a
function of rivals.py, trainings.py, records.py, or helpers.py that returns a `Run`; its docstring is its row's title.
"""

import gc
import json
import os
import sys
import threading
import time

import helpers
import psutil
import records
import rivals
import trainings
from common import Run

WORKLOADS = {
    name: make
    for module in (rivals, trainings, records, helpers)
    for name, make in vars(module).items()
    if getattr(make, "__annotations__", {}) == {"return": Run} and make.__module__ == module.__name__
}


class Memory(threading.Thread):
    """Watches how much memory the process holds, since what preparing needed must not count."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.process, self.done = psutil.Process(), threading.Event()
        self.before = self.most = self.process.memory_info().rss

    def run(self) -> None:
        """Look every 20 ms."""
        while not self.done.wait(0.02):
            self.most = max(self.most, self.process.memory_info().rss)

    def extra_mb(self) -> float:
        """Stop watching; return the most that was held beyond what was held before."""
        self.done.set()
        self.join()
        return (self.most - self.before) / 1e6


if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    run = WORKLOADS[sys.argv[1]]()
    gc.collect()
    memory = Memory()
    memory.start()
    start = time.perf_counter()
    result = run()
    seconds = time.perf_counter() - start
    accuracy = {"accuracy": result} if isinstance(result, float) else {}
    print(json.dumps({"seconds": seconds, "extra_mb": memory.extra_mb()} | accuracy))
