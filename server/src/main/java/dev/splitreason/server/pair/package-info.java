/**
 * The pairs that are served, and the names that clients call them by.
 *
 * <p>Works on a configuration; opens its pairs in the background, and gives back the pair and the
 * policy that a name means. It deliberately knows nothing about requests.
 */
@NullMarked
package dev.splitreason.server.pair;

import org.jspecify.annotations.NullMarked;
