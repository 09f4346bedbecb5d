"""What stands around the table of ``docs/permissions.md``."""

BEFORE = """# Levels, duties and permissions

Generated from the code by `manage.py generate` (PM-1, PM-2). A level is a Django group: a person has one, and
everything of the levels below it. A duty comes besides. The code's table is in each app's `permissions.py`.

"""

AFTER = """
"Trainees: no" is taken from somebody as long as they are a trainee (PM-4). "High risk" is what the quarterly review
draws from (PM-7). A permission or a duty can also be given for a time, with a reason (`Grant`, PM-6); it ends by
itself. Only `alarm.handle` cannot: what it is used in is for admins.

## What somebody sees

`visible_to` (SQL) and `audience_of` (the live stream) say the same, in `inbox/policies.py` and `contacts/policies.py`.

| who | conversations |
|---|---|
| everybody | those of their regions, and what they were given one by one: a region, a channel, a conversation |
| a trainee | of their regions only those assigned to them |
| finance, below supervisor | of their regions only those marked payment (SE-5) |

Observers, agents and trainees read the messages of the last seven days of a conversation (policy *history for agents*);
the conversation itself, its state and who looks after it they see whenever it was. Older messages of one conversation
can be opened for a time, with a reason that is in the operation log. An answer shows the line it quotes, however old.
Contacts are seen by whoever sees one of their conversations; with full sight of a region, all of its contacts.

## For a time

A refusal names the permission that is lacking (`field`), and the client offers to ask for it there; so do pages that
are not for somebody and a colleague's conversation, and under *Permissions → My requests* one asks for whatever one
lacks. Where it was asked it then says since when it waits. Asking in other words for what waits already is refused in
plain words. A request goes to
everybody who may decide on it: of a shared region and a higher level, with `grant.give` and the permission itself.
Nobody decides on their own. What is approved is a `Grant` from then on, for as long as was asked or less. Supervisors
also give without being asked, to one or several people, from a moment on, at most as long as the policy says;
marketing senders for a time are at most a fifth of the team besides those who hold the duty for good (PM-6). Whether
a grant runs is asked at every request, so it ends on the second; a task writes the end down and tells open tabs. The
page *Permissions* shows the queue, the calendar, and how long deciding takes.
"""
