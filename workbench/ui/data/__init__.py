"""The Data page: review trials, grow datasets, split, import and export them."""
