# At its hour the export happens by itself, once; a card that came later does not start another.
# It is three in the morning at the show when a story begins.
export-at 03:30
hear Desk: We lose half of our leads after every event.
keys h
wait 1600s
expect exports 0
wait 300s
expect exports 1
expect trail 2026-11-22T1100-1
hear Desk: And another one came.
wait 600s
expect exports 1
# by hand at any time
keys E
expect exports 2
