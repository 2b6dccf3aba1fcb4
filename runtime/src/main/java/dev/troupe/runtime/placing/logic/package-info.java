/// How even the spread of partitions over members is, and what would make it more so.
@NullMarked
package dev.troupe.runtime.placing.logic;

import org.jspecify.annotations.NullMarked;
