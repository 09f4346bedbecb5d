"""How somebody comes in: password rules, the guard against guessing, the steps after the password, passkeys."""
