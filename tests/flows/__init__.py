"""Stories across floors, told through services and sweeps."""
