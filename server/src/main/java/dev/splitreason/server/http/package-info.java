/**
 * What all routes have in common: bodies that are read, replies that are written or streamed.
 *
 * <p>Works on Helidon's requests and responses; gives back records and errors that say what to do.
 * It deliberately knows no protocol's shapes.
 */
@NullMarked
package dev.splitreason.server.http;

import org.jspecify.annotations.NullMarked;
