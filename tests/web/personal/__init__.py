"""What a person settles for themselves, and the links that mails carry."""
