"""What can be asked for, a file a part of the record."""
