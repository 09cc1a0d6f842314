"""Template tags: the wording of `web.wording`, at hand in templates."""
