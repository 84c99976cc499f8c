package dev.splitreason.core.trace;

/**
 * When one kept token was written.
 *
 * @param author who wrote it
 * @param seconds from the request to the token
 */
public record TokenTime(Author author, double seconds) {}
