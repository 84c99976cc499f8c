/**
 * What a user names becomes an open pair of models.
 *
 * <p>Works on names, files, URLs and a configuration; gives back models that run, with their
 * templates and tags and the cores divided between them. {@link dev.splitreason.pairs.Pairs} is the
 * way in. It deliberately knows nothing about policies' worth or the command line.
 */
@NullMarked
package dev.splitreason.pairs;

import org.jspecify.annotations.NullMarked;
