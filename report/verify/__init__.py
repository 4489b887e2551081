"""Checking an evidence file: offline, without database or register, judged anew from what is inside."""
