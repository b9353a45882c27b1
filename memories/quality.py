"""Whether recall still finds what it must, and how the memory behaves."""
