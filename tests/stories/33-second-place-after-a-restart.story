# What was not copied when the program ended is copied when it is back.
hear Desk: We lose half of our leads after every event.
keys h E
expect exports 1
# the place is named, or the board is back
second-place
wait 2s
expect copying yes
stick back
wait 60s
expect copying no
expect notices 0
