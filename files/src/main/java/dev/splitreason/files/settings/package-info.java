/**
 * Configuration, of the command and of training runs.
 *
 * <p>Works on YAML files and {@code key=value} settings over a record of defaults; gives back the
 * record, or one line that says where something is wrong and what, and writes a record as YAML. It
 * deliberately knows nothing about what any key means.
 */
@NullMarked
package dev.splitreason.files.settings;

import org.jspecify.annotations.NullMarked;
