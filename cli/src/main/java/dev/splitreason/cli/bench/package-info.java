/**
 * {@code splitreason bench}: what two models cost on this machine, beside the ideal and what others
 * do.
 *
 * <p>Works on model files; gives back figures, and files of random weights to get them from. It
 * deliberately knows nothing about what models answer.
 */
@NullMarked
package dev.splitreason.cli.bench;

import org.jspecify.annotations.NullMarked;
