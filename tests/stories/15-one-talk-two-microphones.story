# The louder microphone is recognised first: what the other one heard is a link, and opens no card of its own.
hear Lapel+24: Hello, I am Frank Bennett from Northwind Freight.
expect cards 1
late 3s Desk+9: hello I am Frank Bennett from north wind freight
expect cards 1
expect focus lines 1
expect focus echoes 1
expect trail Desk heard it too
# The less loud one comes first: its card goes again when the louder words are there, and everything read from them comes along.
wait 60s
hear Lapel+7: We have a budget of forty thousand dollars.
expect cards 2
late 3s Desk+21: We have a budget of forty thousand dollars.
expect cards 2
expect card talk of 03:01|lines 1
expect card talk of 03:01|echoes 1
expect card talk of 03:01|signals budget
expect strays 0
# What the captain did in between keeps the card, and nothing of it is lost.
wait 60s
hear Lapel+7: Can you show it to my team next week?
keys tab h
expect focus lines 1
late 4s Desk+21: Can you show it to my team next week?
expect cards 4
expect focus heat hot
expect focus lines 0
# Other words at the same time are another talk.
wait 60s
hear Lapel+20: The raffle is at four o'clock.
late 2s Desk+18: We use spreadsheets for everything today.
expect cards 6
# Two people who say yes are two people, unless it is plainly the same yes.
wait 60s
hear Lapel+20: Yes.
late 1s Desk+17: Yes.
expect cards 8
# Words heard twice are struck twice.
wait 60s
hear Lapel+24: The merger is a secret until May.
late 3s Desk+9: The merger is a secret until may
keys 0
expect nowhere merger
restart
expect nowhere merger
expect strays 0
