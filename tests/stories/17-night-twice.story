# One person on two cards: the night list proposes the merge before the gaps, and one undo takes it back.
hear Desk: We still use paper forms.
scan BEGIN:VCARD\nVERSION:3.0\nFN:Grace Walker\nORG:Blue Harbor Bank\nEMAIL:grace.walker@blueharbor.example\nEND:VCARD
wait 40s
hear Lapel: She came back and asked for the price list.
keys tab
scan BEGIN:VCARD\nVERSION:3.0\nFN:Grace Walker\nORG:Blue Harbor Bank\nEMAIL:Grace.Walker@blueharbor.example\nEND:VCARD
expect cards 2
keys N
expect layer night
keys tab
expect cards 1
keys u
expect cards 2
keys z
expect cards 2
keys N N
expect cards 2
# the pair was set aside: the list begins with a card
expect layer night
keys tab
expect cards 2
