# The rule that applied is kept; an override asks nothing and keeps its reason; who is away is seen.
scan 4733
keys o enter
expect focus owner Julian Sands
expect focus rule Central and East by state IL (attendee list)
keys -
scan 4290
keys o enter
expect focus owner Marta Rowe
expect focus rule owner of Cedar Hill Foods
# two letters and Enter choose another
keys o
type ju
keys enter
expect focus owner Julian Sands
expect focus rule chosen by hand
# a reason is whatever is typed after a comma
keys o
type ow, knows their CFO
keys enter
expect focus owner Owen Farrell
expect focus rule chosen by hand: knows their CFO
keys u u
expect focus owner Marta Rowe
# Marta leaves and comes back
keys H
type ma
keys enter
expect away Marta Rowe
expect trail Marta Rowe is away
keys u
expect away
keys U
expect away Marta Rowe
restart
expect away Marta Rowe
keys H enter
expect away
# the owner walks over, then another, then nobody
keys g enter
expect focus taken Marta Rowe
keys g
type ana
keys enter
expect focus taken Ana
keys g enter
expect focus taken
