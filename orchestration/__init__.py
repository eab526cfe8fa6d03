"""When and what: definitions, jobs, sensors, schedules, the launcher and the command line."""
