@NullMarked
package dev.splitreason.evaluation.check.rule;

import org.jspecify.annotations.NullMarked;
