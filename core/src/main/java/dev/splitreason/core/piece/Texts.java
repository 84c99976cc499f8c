package dev.splitreason.core.piece;

/**
 * What an answer says.
 *
 * @param reasoning the chain of thought, without the marks around it
 * @param answer the rest
 */
public record Texts(String reasoning, String answer) {}
