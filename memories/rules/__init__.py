"""Rules: values in, values out. No Django, no clock, no IO."""
