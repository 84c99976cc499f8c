/**
 * {@code splitreason annotate}: marks the hard parts of reasoning traces.
 *
 * <p>Works on options; opens the source and the annotator they mean, and shows how the run goes and
 * what came of it. It deliberately knows nothing about how hard parts are found: that is {@link
 * dev.splitreason.data.annotate.AnnotateRun}.
 */
@NullMarked
package dev.splitreason.cli.annotate;

import org.jspecify.annotations.NullMarked;
