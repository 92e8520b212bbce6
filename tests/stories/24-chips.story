# Chips come while people talk; a wrong one is struck, a missing one marked, and both can be taken back.
hear Desk: Hi there, what brings you to the show, what problem are you trying to solve?
expect chip need asked
expect chip budget unknown
hear Desk: We lose half of our leads after every event and it hurts.
expect chip need yes
hear Desk: And is there a budget set aside for it?
expect chip budget asked
hear Desk: We were thinking of the second quarter.
# asked already, so it is no longer the question to ask
keys v
expect proof We lose half of our leads after every event and it hurts.
expect line We lose half
keys X
expect toast struck: need
expect chip need asked
expect proof
# the machine reads the talk again with every line; what was struck stays away
hear Desk: The weather is fine today.
hear Desk: It is a long way to the station.
expect chip need asked
keys u
expect toast taken back
expect chip need yes
keys U
expect chip need asked
# a line that tells something the machine did not hear: two keys
keys enter k p n
expect toast need marked
expect chip need yes
expect proof The weather is fine today.
hear Desk: I like the coffee.
expect chip need yes
expect focus lines 7
keys u
expect chip need asked
keys U esc
expect chip need yes
restart
expect chip need yes
