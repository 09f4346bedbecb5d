"""What customers write that must not wait for its turn: fraud, threats, self-harm, the law (TS-7)."""
