"""What chapter 10 asks."""

from ..exercises import Exercise, Quiz

EXERCISES: tuple[Exercise | Quiz, ...] = ()
