"""How times, hours, money and states are said to people: pure functions, used by pages, mails and reports."""
