"""Every write that touches several rows or changes a status. A module per noun."""
