"""What is kept: sessions, conversations, ratings, tickets, exemplars, accounts, audit, budgets; and numbers of them."""
