"""Three-way merge of one event, and git's merge driver."""
