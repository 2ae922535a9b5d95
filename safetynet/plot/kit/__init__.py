"""What the pictures are drawn with: sheet, axis, key, routes, words, rings."""
