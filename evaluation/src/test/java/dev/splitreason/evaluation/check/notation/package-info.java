@NullMarked
package dev.splitreason.evaluation.check.notation;

import org.jspecify.annotations.NullMarked;
