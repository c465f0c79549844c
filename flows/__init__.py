"""How and when it runs: the only folder that reads, writes, logs and schedules."""
