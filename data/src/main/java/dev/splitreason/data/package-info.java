/**
 * Reasoning traces as data: read from any layout, annotated, matched, counted.
 *
 * <p>Works on data sets and on models behind core's interfaces; gives back traces with their hard
 * spans marked, and what such a set looks like. It deliberately knows nothing about training or
 * about which engine a model runs on.
 */
@NullMarked
package dev.splitreason.data;

import org.jspecify.annotations.NullMarked;
