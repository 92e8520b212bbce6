# The last minute is struck when a lane goes off the record: the words are nowhere, and nothing brings them back.
hear Desk: Hello, I am Frank Bennett from Northwind Freight.
expect focus person Frank Bennett
wait 28s
hear Desk: One moment please.
wait 28s
hear Desk: There it is.
wait 28s
hear Desk: We have a budget of forty thousand dollars.
expect focus signals budget
hear Desk: But Brackwater Freight must not know, off the record please.
hear Lapel: The raffle is at four.
keys h
keys 0
expect toast Desk is off the record; the last 60 s are struck for good (3 sentences), no undo
expect effect Strike(
expect nowhere budget of forty
expect nowhere forty thousand
expect nowhere 40,000
expect nowhere brackwater
# The other lane is not touched, and the talk before the last minute stays.
expect trail The raffle is at four.
expect card Frank Bennett|lines 2
expect card Frank Bennett|signals
# What the captain decided meanwhile stays, too.
expect card Frank Bennett|heat hot
# A text that was still being recognised when the key was pressed does not land, not even after the lane listens again.
late 4s Desk: The budget is fifty thousand.
expect nowhere fifty thousand
keys 0
late 9s Desk: The budget is fifty thousand.
expect nowhere fifty thousand
hear Desk: So much for that.
expect trail So much for that.
# Taking it back lets the lane listen; it brings no word back.
keys 0
keys u
expect toast what was struck stays struck
expect nowhere so much for that
keys U
keys u u u u u u
expect nowhere forty thousand
expect nowhere so much for that
restart
expect nowhere forty thousand
expect nowhere brackwater
expect trail struck for good, 3 sentences
expect strays 0
