/**
 * The whole journey in one command: from nothing to a trained pair and a report of what it can do.
 *
 * <p>Works on the recipes that come along; gives back a folder with every model, run and figure. It
 * deliberately knows nothing that the other commands do not know: each step is one of them, as
 * anyone could type it.
 */
@NullMarked
package dev.splitreason.cli.reproduce;

import org.jspecify.annotations.NullMarked;
