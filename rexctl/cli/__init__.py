"""What commands share: options, selection of events, prompts, forms, completion."""
