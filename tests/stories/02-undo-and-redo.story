# Everything a person did is taken back step by step and brought again.
tag pricing
hear Desk: Hello there.
keys w 1
expect focus heat warm
expect focus tags pricing
keys u
expect focus tags
expect toast taken back
keys u
expect focus heat
keys u
expect toast nothing of yours is left
# what was heard is never undone
expect focus lines 1
keys U U
expect focus heat warm
expect focus tags pricing
keys U
expect toast nothing was taken back last
