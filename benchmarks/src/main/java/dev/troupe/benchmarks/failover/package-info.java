/// What clients of several members notice when something happens to one of them.
@NullMarked
package dev.troupe.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
