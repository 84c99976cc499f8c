/**
 * {@code splitreason simulate}: what split decoding would cost on given hardware.
 *
 * <p>Works on options; gives back a report. It deliberately knows nothing about how answers are
 * simulated, and opens no model.
 */
@NullMarked
package dev.splitreason.cli.simulate;

import org.jspecify.annotations.NullMarked;
