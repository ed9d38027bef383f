"""What chapter 4 asks."""

from ..exercises import Exercise, Quiz

EXERCISES: tuple[Exercise | Quiz, ...] = ()
