# Two lanes are two talks; Tab follows the other lane.
hear Desk: Hello, I am Frank Bennett.
hear Lapel: We have a raffle at four.
expect cards 2
keys tab
expect focus lines 1
keys c tab
keys w
expect card Frank Bennett|heat warm
