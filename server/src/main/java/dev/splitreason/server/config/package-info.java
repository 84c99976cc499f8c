/**
 * How the server is set up: the section {@code server} of {@code splitreason.yaml}.
 *
 * <p>Works on the file; gives back a record. It deliberately knows nothing about HTTP.
 */
@NullMarked
package dev.splitreason.server.config;

import org.jspecify.annotations.NullMarked;
