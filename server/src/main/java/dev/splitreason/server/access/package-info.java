/**
 * Who may ask: keys, and pages of other origins.
 *
 * <p>Works on a request's headers; lets it on to its route or refuses it. It deliberately keeps no
 * key: settings have hashes, and no log has either.
 */
@NullMarked
package dev.splitreason.server.access;

import org.jspecify.annotations.NullMarked;
