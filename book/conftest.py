"""nbval runs the editions in kernels of the same kind that made them, two at a time on two cores."""

import os

from make_notebooks import prepare_kernels

prepare_kernels()
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")  # kernels side by side would fight over the cores
