"""The REST API: the desk's services and selectors, for scripts. ``docs/api.md`` is its manual."""
