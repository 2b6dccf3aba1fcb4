/// What admission asks for on nearly every write, as this member has it at hand: copies of small
/// collections whose partitions are at other members.
@NullMarked
package dev.troupe.runtime.nearby;

import org.jspecify.annotations.NullMarked;
