@NullMarked
package dev.splitreason.langchain4j;

import org.jspecify.annotations.NullMarked;
