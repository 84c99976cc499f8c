/**
 * What an answer did, as spans of OpenTelemetry.
 *
 * <p>Works on finished answers; gives back a span for each request, each answer and each of its
 * segments, to whichever collector the standard variables name. It deliberately tells no prompt and
 * no answer, and is off unless a collector is named.
 */
@NullMarked
package dev.splitreason.server.telemetry;

import org.jspecify.annotations.NullMarked;
