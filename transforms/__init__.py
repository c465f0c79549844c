"""What the data becomes: pure functions from captures to tables, one module a stage."""
