/**
 * {@code splitreason info}: what there is to work with.
 *
 * <p>Works on the configuration, the engine and the models of a pair; gives back a description of
 * them. It deliberately knows nothing about answering.
 */
@NullMarked
package dev.splitreason.cli.info;

import org.jspecify.annotations.NullMarked;
