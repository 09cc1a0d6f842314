"""What is written, as PDF: to print, to send and to file."""
