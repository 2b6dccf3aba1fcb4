/// What it takes from a change to the reconcile that it calls for: controllers in a member, as a
/// process of their own, and as others have them.
@NullMarked
package dev.troupe.benchmarks.reconcile;

import org.jspecify.annotations.NullMarked;
