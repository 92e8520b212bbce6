# The machine says why it rates as it does; the captain's word wins and stays, the machine's stays visible.
hear Desk: Hello there.
expect ask What is going wrong with it today?
hear Desk: We lose half of our leads after every event, it takes two weeks to follow up.
expect ask When would you want it up and running?
hear Desk: So when would you like to be up and running?
expect ask Who else decides on this with you?
hear Desk: We want it running by March.
hear Desk: I am the one who decides and I sign for it.
expect focus proposed hot: need + authority + March
expect ask Shall we fix a day for a short demo?
keys c
expect focus heat cold
hear Desk: The budget is approved, about two hundred thousand dollars.
expect focus heat cold
expect focus proposed hot: need + budget + authority + March
# came for the giveaways: nothing to ask
keys x
expect ask
keys x -
# nor after the talk
expect ask
