"""nbval runs the editions in kernels of the same kind that made them."""

from make_notebooks import prepare_kernels

prepare_kernels()
