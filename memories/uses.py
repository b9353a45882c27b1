"""How often memories are recalled, used, and how they served."""
