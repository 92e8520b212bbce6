# One lane hears one talk after another: where a new one surely begins the card is cut, and one key puts it back.
hear Desk: We pay somebody to type in the cards at night.
hear Desk: That sounds tedious.
hear Desk: It is, and half of them get lost.
hear Desk: I'll send you the quote on Friday then.
hear Desk: Great, thanks so much, take care.
hear Desk: Take care, bye bye.
hear Desk: Hello, how are you enjoying the show?
hear Desk: Good, good, first time here. I'm Thomas Weber from Evergreen Packaging.
# not sure yet: the place is marked
expect cards 1
expect toast a new talk? a greeting
expect seam Hello, how are you
hear Desk: Nice to meet you, Thomas. What do you do at Evergreen?
hear Desk: I look after the events.
expect cards 2
expect toast a new talk: a greeting
expect trail a greeting
expect card Evergreen|lines 4
expect focus lines 6
# who introduced himself in it belongs to it
expect focus people 0
hear Desk: Six shows a year.
expect card Evergreen|lines 5
# the captain knows better: what was said since then comes back, too
keys u
expect toast taken back
expect cards 1
expect focus lines 11
expect focus person Thomas Weber
hear Desk: We still use paper forms there.
hear Desk: And what happens to them at night?
expect cards 1
keys U
expect cards 2
keys u
expect cards 1
expect focus lines 13
# somebody put two talks together: nothing cuts them again
restart
hear Desk: They lie in a box until Monday.
expect cards 1
keys -
wait 200s
# not sure: the place is marked, and the split key cuts there
hear Desk: We lose half of our leads after every event.
hear Desk: Shall we send you a quote by Friday?
hear Desk: Yes, please do, my card has the address.
hear Desk: Perfect, you will have it on Friday.
hear Desk: Thanks a lot, bye.
hear Desk: Enjoy the rest of the show, bye.
hear Desk: Hi there! Are you familiar with what we do?
hear Desk: Not really, what do you do?
hear Desk: We capture leads at trade shows.
hear Desk: How does it work without a network?
expect cards 2
expect toast a new talk? a greeting
keys tab tab
expect seam Hi there!
expect focus lines 10
# it is marked after a restart, too
restart
keys tab tab
expect seam Hi there!
expect focus lines 10
keys s
expect cards 3
expect seam
expect focus lines 6
keys u
expect cards 2
