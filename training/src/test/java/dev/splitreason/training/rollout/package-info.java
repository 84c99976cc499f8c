@NullMarked
package dev.splitreason.training.rollout;

import org.jspecify.annotations.NullMarked;
