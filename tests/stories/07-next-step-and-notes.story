# What was promised, with its day; a note; consent; taken and handed over.
hear Desk: Please send me the price list.
keys n
type quote for 40 sites fri
keys enter
expect focus step quote for 40 sites
expect focus due 2026-11-27
keys i
type asked about offline mode
keys enter
expect focus notes asked about offline mode
keys y
expect focus consent yes
keys g enter
expect focus taken Ana
keys G
expect toast o assigns an owner first
keys o
type ow
keys enter
expect focus owner Owen Farrell
keys G
expect focus handed Owen Farrell
