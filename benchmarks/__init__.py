"""What is fast, what is slow, measured: ratios within one run, scripts beside their table."""
