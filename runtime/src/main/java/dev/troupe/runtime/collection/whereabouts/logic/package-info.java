/// What a member believes of where the partitions of others are. Nothing carries it yet but tests:
/// what speaks to other members will.
@NullMarked
package dev.troupe.runtime.collection.whereabouts.logic;

import org.jspecify.annotations.NullMarked;
