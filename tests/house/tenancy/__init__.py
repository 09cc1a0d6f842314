"""What the tenancy tests walk: every route, two clients with everything, and people at the wrong doors."""
