"""What chapter 1 asks."""

from ..exercises import Exercise, Quiz

EXERCISES: tuple[Exercise | Quiz, ...] = ()
