@NullMarked
package dev.splitreason.evaluation.check.symbolic;

import org.jspecify.annotations.NullMarked;
