# Every export goes to a second place; while that fails it stands in the header, and it is tried again by itself.
second-place
hear Desk: We lose half of our leads after every event.
keys h E
expect effect CopyExports
stick gone the stick is not there
expect notices 1
expect toast the stick is not there
wait 20s
expect copying no
wait 12s
expect copying yes
stick back
expect notices 0
expect toast second place
