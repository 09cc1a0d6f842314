"""How times, amounts, clocks and messages are said."""
