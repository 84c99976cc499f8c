/**
 * Configuration of training runs.
 *
 * <p>Works on a YAML file and {@code key=value} settings over a record of defaults; gives back the
 * record of the run, or one line about what is wrong, and writes a record as YAML. It deliberately
 * knows nothing about what any key means.
 */
@NullMarked
package dev.splitreason.files.settings;

import org.jspecify.annotations.NullMarked;
