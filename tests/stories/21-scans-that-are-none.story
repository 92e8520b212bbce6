# Whatever a scanner sends is kept or refused with one clear sentence; the board goes on.
scan A\0B\0C-42
expect cards 1
expect focus people 1
keys - 
# a card cut in the middle is taken as far as it came
scan BEGIN:VCARD\nVERSION:3.0\nFN:Priya Patel\nORG:Blue Harb
expect focus person Priya Patel
keys -
# 10 kB that no list knows: kept as they came
pour 10240 x7Q
expect cards 3
expect focus people 1
expect toast more than any badge holds
expect trail more than any badge holds
keys -
scan WIFI:S:Hall;T:WPA;P:secret;;
expect trail no badge; scan the badge itself
scan
expect toast that badge is empty
# a thousand badges in a minute, none lost
many 1000
expect cards 1003
expect strays 0
expect unsaved 0
