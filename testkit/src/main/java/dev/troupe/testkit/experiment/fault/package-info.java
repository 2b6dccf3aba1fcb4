/// What an experiment may break: each kind of fault with its stable name, what it needs of the
/// machine, and whom it may hit.
@NullMarked
package dev.troupe.testkit.experiment.fault;

import org.jspecify.annotations.NullMarked;
