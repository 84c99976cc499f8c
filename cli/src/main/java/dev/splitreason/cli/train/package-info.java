/**
 * {@code splitreason train}: pre-training and fine-tuning.
 *
 * <p>Works on a configuration file and a run's folder; gives back the folder and progress on
 * stderr. It deliberately knows nothing about how training works.
 */
@NullMarked
package dev.splitreason.cli.train;

import org.jspecify.annotations.NullMarked;
