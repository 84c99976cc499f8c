/**
 * The pairs of published models that are known to belong together.
 *
 * <p>Works on nothing; gives back names, templates, tags, and what memory each pair needs. It
 * deliberately does not know which of them are on this disk, nor how they are opened.
 */
@NullMarked
package dev.splitreason.pairs.catalogue;

import org.jspecify.annotations.NullMarked;
