"""Ctrl+C in the middle of a training."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl+C back until the block is done: a model is never left half updated, and no interrupt is lost.

    Python raises KeyboardInterrupt wherever it happens to be, even where exceptions are dropped, as when an object
    is being deleted. Who has set a handler of their own keeps it; other threads get no interrupts anyway.
    """
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    held = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: held.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if held.is_set():
        raise KeyboardInterrupt
