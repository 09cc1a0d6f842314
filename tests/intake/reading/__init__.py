"""Reading mails that anybody may have written."""
