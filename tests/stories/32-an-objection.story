# An objection that is raised speaks against the deal: nobody at three metres takes it for good news.
hear Desk: Honestly that sounds rather expensive to me.
keys enter p o
expect toast objection marked
expect chip objection no
keys p n
expect chip need yes
keys u
keys u
expect chip need unknown
