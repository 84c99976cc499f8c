/**
 * What the server did, as numbers and lines.
 *
 * <p>Works on finished answers and requests; gives back Prometheus's text format and a log of
 * requests. It deliberately keeps no prompt, no answer and no key.
 */
@NullMarked
package dev.splitreason.server.metric;

import org.jspecify.annotations.NullMarked;
