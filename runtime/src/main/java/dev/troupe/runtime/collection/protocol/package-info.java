/// What is said to a partition, and what it says in return.
@NullMarked
package dev.troupe.runtime.collection.protocol;

import org.jspecify.annotations.NullMarked;
