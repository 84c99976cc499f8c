@NullMarked
package dev.splitreason.evaluation.check;

import org.jspecify.annotations.NullMarked;
