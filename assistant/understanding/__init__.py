"""What a message means: cleaned text, segments, categories named, topic and route with confidence."""
