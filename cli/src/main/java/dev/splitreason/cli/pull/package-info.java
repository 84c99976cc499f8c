/**
 * {@code splitreason pull}: models of the hub, fetched ahead.
 *
 * <p>Works on names of the hub and of pairs; gives back where the files are. It deliberately knows
 * nothing about what they are fetched for.
 */
@NullMarked
package dev.splitreason.cli.pull;

import org.jspecify.annotations.NullMarked;
