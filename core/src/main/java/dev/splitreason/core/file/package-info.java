/**
 * Folders as wholes.
 *
 * <p>Works on folders that were made by the work that needed them; leaves nothing of them. It
 * deliberately knows nothing about what they hold.
 */
@NullMarked
package dev.splitreason.core.file;

import org.jspecify.annotations.NullMarked;
