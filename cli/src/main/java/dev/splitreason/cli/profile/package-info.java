/**
 * {@code splitreason profile}: how fast a pair of models runs here.
 *
 * <p>Works on the models of a pair; gives back a profile to simulate with. It deliberately knows
 * nothing about how times are measured or what they are used for.
 */
@NullMarked
package dev.splitreason.cli.profile;

import org.jspecify.annotations.NullMarked;
