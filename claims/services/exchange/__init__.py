"""Tables of the record as CSV and XLSX, out and in again: docs/exchange.md."""
