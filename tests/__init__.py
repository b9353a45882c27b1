"""Tests, beside the apps they test."""
