"""nbval runs the editions in kernels of the same kind that made them, two at a time on two cores."""

from make_notebooks import prepare_kernels

prepare_kernels()
