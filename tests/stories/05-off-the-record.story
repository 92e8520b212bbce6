# Off the record: the microphone stops at once, words that still arrive are only counted.
hear Desk: We can talk about prices.
expect cards 1
wait 25s
hear Desk: And about delivery times.
wait 40s
keys 0
expect effect OffRecord { lane: 0, off: true }
# What was said longer than a minute ago stays.
expect focus lines 1
hear Desk: This is a secret.
expect focus lines 1
expect nowhere secret
expect trail off the record
keys 0
expect effect OffRecord { lane: 0, off: false }
hear Desk: Back again.
expect trail Back again.
keys Z
hear Lapel: Nobody hears this.
expect cards 2
expect nowhere nobody hears
