"""How rows and the bodies of actions look."""
