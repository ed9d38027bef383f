"""What the chapters ask, a module each; the contract is that of `mnist_tutorial.exercises`."""
