/**
 * {@code splitreason stats}: what a set of traces with offloaded spans looks like.
 *
 * <p>Works on files; gives back tables, JSON, an HTML page and figures. It deliberately knows
 * nothing about what is counted: that is {@link dev.splitreason.data.stats.StatisticsReport}.
 */
@NullMarked
package dev.splitreason.cli.stats;

import org.jspecify.annotations.NullMarked;
