/**
 * Files and folders as wholes.
 *
 * <p>Works on their names; says whether something can be written there, what an error about them
 * means, by which sum a content is known again, and leaves nothing of folders that were made for a
 * while. It deliberately knows nothing about what they hold.
 */
@NullMarked
package dev.splitreason.core.file;

import org.jspecify.annotations.NullMarked;
