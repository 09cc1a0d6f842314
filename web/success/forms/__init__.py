"""What is typed on the success desk."""
