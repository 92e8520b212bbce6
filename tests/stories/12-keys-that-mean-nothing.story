# A key without a meaning, and a key without a card, say what would help.
keys h
expect toast + opens one
keys ;
expect toast does nothing here
keys 9
expect toast no tag has number 9
keys ?
expect layer help
keys esc
expect layer none
keys e
expect toast no card is in focus
keys +
keys e
type Jo Day
keys tab
type Garcia Tools
keys tab tab
type jo@garciatools.example
keys enter
expect focus person Jo Day
expect focus company Garcia Tools
expect focus email jo@garciatools.example
# f Enter where nobody was named flags nobody
keys - +
keys f enter
expect focus account
expect layer none
keys f
type harvest
keys enter
expect focus account Harvest Farms

# A key held on a busy machine arrives all at once: it moves, and nobody is called jjjjjjjj.
keys + - + - + home
commit jjjjjjjjjjjj
expect cards 5
expect focus person Jo Day
keys home j
expect focus live true
expect focus people 0
