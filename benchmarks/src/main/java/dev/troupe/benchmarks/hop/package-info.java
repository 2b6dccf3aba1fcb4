/// What it costs to ask the wrong one of several members.
@NullMarked
package dev.troupe.benchmarks.hop;

import org.jspecify.annotations.NullMarked;
