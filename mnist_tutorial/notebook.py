"""Keep notebooks quiet: no start-up lines of compiled code, and a progress bar that leaves nothing behind."""

from __future__ import annotations

import os
import sys
from typing import Any


def quiet_startup() -> None:
    """Keep what TensorFlow writes while it starts out of the notebook.

    TensorFlow's compiled code writes to file descriptor 2, past Python, and IPython's kernel copies what arrives there
    into the cell that runs, in red. From here on it goes to the Jupyter server's terminal instead. Warnings and errors
    of Python still show. Outside a notebook this does nothing.

    Examples
    --------
    >>> quiet_startup()
    """
    terminal = getattr(sys.stderr, "_original_stdstream_copy", None)  # only if the kernel watches the descriptor
    if terminal is not None:
        os.dup2(terminal, 2)


def progress_bar(total: int, unit: str, shown: bool = True) -> Any:
    """Return tqdm's bar, which counts to ``total`` and vanishes when it is closed; ``TQDM_DISABLE=1`` turns it off too.

    In a notebook it has a display of its own: on stderr it would leave an empty red strip.
    """
    from tqdm import tqdm

    options: dict[str, Any] = {} if shown else {"disable": True}  # TQDM_DISABLE counts only where nothing is said
    if "ipykernel.zmqshell" in sys.modules:
        options["file"] = _Display()
    return tqdm(total=total, desc=unit, leave=False, **options)


class _Display:
    """A file whose every text takes the place of the one before, in one display."""

    encoding = "utf-8"  # lets tqdm draw with block characters
    _handle: Any = None

    def write(self, text: str) -> None:
        from IPython.display import display

        text = text.strip()
        shown = {"text/plain": text} if text else {"text/html": ""}
        if self._handle:
            self._handle.update(shown, raw=True)
        elif text:
            self._handle = display(shown, raw=True, display_id=True)  # type: ignore[no-untyped-call]

    def flush(self) -> None:
        """Do nothing: each text is shown at once."""
