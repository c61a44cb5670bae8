"""The record in forms that others read. Only reads."""
