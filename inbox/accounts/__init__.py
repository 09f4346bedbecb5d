"""What WhatsApp tells and answers about numbers and accounts, beside messages: ``news`` applies account webhooks,
``registry`` lets apps react to them, ``checking`` asks for a number's health, ``probing`` looks whether one works
again.
"""
