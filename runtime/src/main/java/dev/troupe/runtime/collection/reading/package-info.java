/// How collections are read: from the states that partitions have published, one for each, put
/// together as one; those of the past from the store. Lists of them come in pieces.
@NullMarked
package dev.troupe.runtime.collection.reading;

import org.jspecify.annotations.NullMarked;
