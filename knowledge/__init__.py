"""What the notice says: clause tree, pack, rules, facts schema, and the index over them."""
