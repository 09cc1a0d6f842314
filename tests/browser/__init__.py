"""Pages as a person sees them: Chromium drives a live server."""
