"""What chapter 6 asks."""

from ..exercises import Exercise, Quiz

EXERCISES: tuple[Exercise | Quiz, ...] = ()
