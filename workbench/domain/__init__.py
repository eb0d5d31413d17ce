"""What the product is about: frozen values, rules and ports.

Standard library only; every other package may import this one, and it imports none.
"""
