"""The resources of the API, one file each: what they take, what they tell, and which service they call."""
