"""Three versions of an event become one: what two people changed, merged by its meaning."""
