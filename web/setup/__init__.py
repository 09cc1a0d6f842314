"""Where administrators and account executives set things up; one file a subject."""
