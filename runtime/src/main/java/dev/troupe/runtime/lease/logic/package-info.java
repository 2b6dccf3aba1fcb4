/// What a member decides about read leases: its own, those that it grants, and when those of former
/// members are over.
@NullMarked
package dev.troupe.runtime.lease.logic;

import org.jspecify.annotations.NullMarked;
