/**
 * The dial of a policy, turned until the large model writes a given share of the tokens.
 *
 * <p>Works on a policy's one number and on trials of it; gives back the number whose share is
 * nearest. It deliberately knows nothing about models or problems: a trial is whatever tells a
 * share.
 */
@NullMarked
package dev.splitreason.evaluation.calibration;

import org.jspecify.annotations.NullMarked;
