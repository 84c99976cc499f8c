/**
 * What a user names becomes an open pair of models.
 *
 * <p>Works on names, files, URLs and a configuration; gives back models that run, with their
 * templates and tags and the cores divided between them. It deliberately knows nothing about
 * questions, policies' worth, or the command line.
 */
@NullMarked
package dev.splitreason.pairs;

import org.jspecify.annotations.NullMarked;
