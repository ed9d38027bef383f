"""What the kernels in .venv are told, where make copies this: keep TensorFlow's start-up lines out of the cells.

They go to file descriptor 2, past Python, and kernels copy into the notebook what arrives there unless told not to.
"""

c = get_config()  # noqa: F821
c.IPKernelApp.capture_fd_output = False
