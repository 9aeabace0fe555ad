"""The application: fronts, jobs, engagement, adapters and the embedded parts around the shared centres."""
