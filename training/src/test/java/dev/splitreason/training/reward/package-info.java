@NullMarked
package dev.splitreason.training.reward;

import org.jspecify.annotations.NullMarked;
