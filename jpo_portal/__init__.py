"""The site: its settings, its table of contents, its door to the web server."""
