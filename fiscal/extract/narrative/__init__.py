"""The prose of an account: every figure of its sentences a fact, every 持平 a statement."""
