"""What chapter 11 asks."""

from ..exercises import Exercise, Quiz

EXERCISES: tuple[Exercise | Quiz, ...] = ()
