package dev.splitreason.cli.options;

/** A command that obeys {@code --config}; every other one refuses it. */
public interface Configurable {}
