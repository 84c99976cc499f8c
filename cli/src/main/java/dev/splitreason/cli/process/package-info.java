/**
 * The command that this process is, to be started once more.
 *
 * <p>Works on what the virtual machine knows of the process; gives back command lines. It
 * deliberately knows nothing about what they do.
 */
@NullMarked
package dev.splitreason.cli.process;

import org.jspecify.annotations.NullMarked;
