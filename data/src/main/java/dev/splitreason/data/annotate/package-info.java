/**
 * Marks the hard parts of reasoning traces, whole data sets at a time.
 *
 * <p>Works on a {@link dev.splitreason.data.source.TraceSource} and an {@link
 * dev.splitreason.data.annotate.Annotator}; gives back a journal and a data set of tagged traces.
 * It deliberately knows nothing about file formats or training. Start at {@link
 * dev.splitreason.data.annotate.AnnotateRun}.
 */
@NullMarked
package dev.splitreason.data.annotate;

import org.jspecify.annotations.NullMarked;
