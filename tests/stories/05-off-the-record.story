# Off the record: the microphone stops at once, and words that still arrive are only counted.
hear Desk: We can talk about prices.
expect cards 1
keys 0
expect effect OffRecord { lane: 0, off: true }
hear Desk: This is a secret.
expect focus lines 1
expect trail off the record
keys 0
expect effect OffRecord { lane: 0, off: false }
hear Desk: Back again.
expect focus lines 2
keys Z
hear Lapel: Nobody hears this.
expect cards 1
