# Somebody who comes back is the same lead: it goes on where they stand now, and the visits are counted.
hear Desk: Good morning, welcome.
scan 4290
expect focus person Peter Walker
expect visits 1
wait 120s
expect focus live false
hear Desk: And what do you do?
expect cards 2
wait 120s
# the other lane: the talk goes on there
keys tab
scan 4290
expect cards 2
expect focus person Peter Walker
expect focus live true
expect focus lane Lapel
expect visits 2
expect toast Peter Walker, Cedar Hill Foods is back, visit 2
hear Lapel: I wanted to ask about the price.
expect cards 2
expect focus lines 2
# scanned again a minute later they are still here
wait 20s
scan 4290
expect visits 2
expect focus people 1
# one undo for each scan
keys u u
expect visits 1
expect focus lane Desk
