"""Rules as code: relations that figures should stand in, and how they came out."""
