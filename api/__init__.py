"""HTTP only: routes, events, problem documents and the pages."""
