"""What happens between a business and its customers: windows, rates, prices, statuses."""
