/// What a member believes of where the partitions of others are.
@NullMarked
package dev.troupe.runtime.collection.whereabouts.logic;

import org.jspecify.annotations.NullMarked;
