# The weather counts a talk once, and keeps counting while it is open.
hear Desk: Is there anything on the market like it?
hear Desk: Honestly it is too expensive for us, the price is way out of our budget.
keys W
expect layer weather
keys esc
expect layer none
