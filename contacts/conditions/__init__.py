"""One language for what is asked of a customer and of what happened: rules judge it, segments count by it.

``facts`` what can be asked, ``operators`` how, ``tree`` the question itself, ``freezing`` the answers at one moment,
``judging`` the verdict with every condition's outcome, ``reading`` the same in words.
"""
