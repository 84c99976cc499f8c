/**
 * What split decoding leaves behind: who wrote which part of an answer, when, and at what cost.
 *
 * <p>Works on finished pieces of text; gives back records that serialise to the project's JSON
 * shapes. It deliberately knows nothing about models or how turns were taken.
 */
@NullMarked
package dev.splitreason.core.trace;

import org.jspecify.annotations.NullMarked;
